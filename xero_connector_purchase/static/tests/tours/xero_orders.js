import { registry } from "@web/core/registry";

const tours = registry.category("web_tour.tours");

/** A buyer confirms the one request for quotation. */
tours.add("xero_confirm_order", {
    steps: () => [
        { trigger: "button[name=button_confirm]", run: "click" },
        {
            trigger:
                ".o_statusbar_status .o_arrow_button_current:contains(Purchase Order)",
        },
    ],
});

/** The tick is on the order, its supplier is fixed and says why; a line is edited. */
tours.add("xero_edit_order", {
    steps: () => [
        { trigger: "button[name=action_xero_open] [data-state=synced]:contains(In Xero)" },
        { trigger: "body:not(:has(button[name=action_xero_send]))" },
        {
            content: "The supplier cannot be changed, and here is why",
            trigger:
                ".xero_words:contains(its supplier can no longer change; its lines can)",
        },
        { trigger: ".o_field_widget[name=partner_id].o_readonly_modifier" },
        {
            trigger: ".o_data_row:contains(Chair) .o_data_cell[name=product_qty]",
            run: "click",
        },
        {
            trigger: ".o_data_row .o_field_widget[name=product_qty] input",
            run: "edit 7",
        },
        { trigger: ".o_form_button_save", run: "click" },
        { trigger: ".o_form_saved" },
        { trigger: ".o_form_saved .o_data_cell[name=product_qty]:contains(7)" },
    ],
});

/** The list shows what is in Xero. */
tours.add("xero_order_list", {
    steps: () => [
        { trigger: ".o_data_row:contains(Azure) [data-state=synced]:contains(In Xero)" },
    ],
});

/** A manager switches orders on; their settings appear. */
tours.add("xero_order_settings", {
    steps: () => [
        { trigger: ".o_data_row .o_data_cell[name=company_id]", run: "click" },
        { trigger: ".o_field_widget[name=send_orders] input", run: "click" },
        { trigger: ".o_notebook .nav-link:contains(Purchase orders)", run: "click" },
        { trigger: "label:contains(Days after the order)", run: "click" },
        { trigger: ".o_field_widget[name=order_days] input", run: "edit 10" },
        { trigger: ".o_form_button_save", run: "click" },
        { trigger: ".o_form_saved" },
    ],
});
