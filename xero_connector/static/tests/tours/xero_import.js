import { registry } from "@web/core/registry";

/** Items of Xero's: look, tick, import, and see what came of each. */
registry.category("web_tour.tours").add("xero_import", {
    steps: () => [
        { trigger: ".o_list_button_add", run: "click" },
        { trigger: ".o_field_widget[name=words] input", run: "edit lamp" },
        { trigger: "button[name=action_look_up]:contains(Look in Xero)", run: "click" },
        {
            content: "Only what fits the words; what Odoo has is said",
            trigger: ".o_field_widget[name=line_ids]:contains(Red lamp):not(:contains(Desk))",
        },
        { trigger: "button[name=action_tick_all]", run: "click" },
        { trigger: ".o_field_widget[name=summary]:contains(1 of 2 ticked)" },
        { trigger: "button[name=action_import]", run: "click" },
        {
            trigger:
                ".o_field_widget[name=summary]:contains(1 created, 0 linked, 0 need attention)",
        },
        {
            trigger: ".o_field_widget[name=line_ids] .o_data_row:contains(Created)",
        },
    ],
});
