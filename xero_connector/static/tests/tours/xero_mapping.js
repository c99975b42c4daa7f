import { registry } from "@web/core/registry";

const tours = registry.category("web_tour.tours");

const row = (name) => `.o_data_row:has(.o_data_cell[name=name]:contains(${name}))`;

/** Suggestions: the sure ones at once, the others one by one, and what is in the way. */
tours.add("xero_mapping_suggestions", {
    steps: () => [
        {
            content: "How much is mapped of what documents use",
            trigger: ".o_xero_tabs button:contains(Taxes):has(.fa-exclamation-triangle)",
            run: "click",
        },
        { trigger: ".o_facet_value:contains(Taxes)" },
        {
            content: "Sure ones are filled in",
            trigger: `${row("20% G")} [data-state=high]:contains(Sure)`,
        },
        {
            content: "A first choice stays empty and says why",
            trigger: `${row("20% PVA")}:contains(First choice: Zero Rated Expenses) [data-state=low]`,
        },
        {
            content: "A rate that an account in use does not take is said beside the row",
            trigger: `${row("20% S")}:contains(cannot be used with 469 Rent in Xero)`,
        },
        { trigger: ".o_xero_accept_sure:contains(Accept)", run: "click" },
        { trigger: `${row("20% G")} [data-state=accepted]` },
        { trigger: "body:not(:has(.o_xero_accept_sure))" },
        {
            content: "What is not sure is accepted by itself",
            trigger: `${row("20% PVA")} button[name=action_accept]`,
            run: "click",
        },
        { trigger: `${row("20% PVA")} [data-state=person]` },
        {
            content: "Tracking: plans and their accounts",
            trigger: ".o_xero_tabs button:contains(Tracking):contains(2/3)",
            run: "click",
        },
        {
            trigger: `${row("Moon")} .o_data_cell[name=xero_account_id]`,
            run: "click",
        },
        {
            trigger: `.o_selected_row .o_field_widget[name=xero_account_id] input`,
            run: "edit South",
        },
        { trigger: ".o-autocomplete--dropdown-item:contains(South)", run: "click" },
        { trigger: ".o_list_button_save", run: "click" },
        { trigger: `${row("Moon")} [data-state=person]` },
        { trigger: ".o_xero_tabs button:contains(Tracking):contains(3/3)" },
    ],
});
