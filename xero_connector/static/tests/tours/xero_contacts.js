import { registry } from "@web/core/registry";

const tours = registry.category("web_tour.tours");

const line = (label) => `.modal .o_data_row:contains(${label})`;

/** Both sides of a contact; Xero's e-mail address counts. */
tours.add("xero_compare_contact", {
    steps: () => [
        { trigger: "button[name=action_xero_compare]", run: "click" },
        {
            content: "Read when it was opened",
            trigger: ".modal:contains(Read from Xero)",
        },
        { trigger: `${line("Postal address")}:contains(Leeds)` },
        {
            content: "What differs is chosen in its row",
            trigger: `${line("E-mail")} .o_data_cell[name=choice]`,
            run: "click",
        },
        {
            trigger: `${line("E-mail")} [name=choice] input, ${line("E-mail")} [name=choice] select`,
            run: "click",
        },
        {
            trigger: ".o_select_menu_item:contains(Xero → Odoo)",
            run: "click",
        },
        { trigger: ".modal button[name=action_apply]", run: "click" },
        { trigger: "body:not(:has(.modal))" },
        {
            trigger: ".o_field_widget[name=email]",
        },
    ],
});

/** A contact is looked for in Xero and linked. */
tours.add("xero_link_contact", {
    steps: () => [
        { trigger: "button[name=action_xero_look_up]", run: "click" },
        { trigger: ".modal .o_field_widget[name=words] input", run: "edit Thames" },
        { trigger: ".modal button[name=action_look_up]", run: "click" },
        {
            trigger: ".modal .o_data_row:contains(Thames Ltd) button[name=action_choose]",
            run: "click",
        },
        { trigger: "body:not(:has(.modal))" },
        { trigger: "button[name=action_xero_compare]" },
    ],
});

/** Contacts that only Xero has are ticked and brought here. */
tours.add("xero_import_contacts", {
    steps: () => [
        { trigger: ".o_data_row .o_data_cell[name=company_id]", run: "click" },
        { trigger: ".nav-link:contains(Contacts)", run: "click" },
        { trigger: "button:contains(Bring contacts to Odoo)", run: "click" },
        { trigger: ".modal .o_data_row:contains(Thames Ltd)" },
        { trigger: ".modal button[name=action_all]", run: "click" },
        { trigger: ".modal .o_data_row:contains(Thames Ltd) input:checked" },
        { trigger: ".modal button[name=action_import]", run: "click" },
        { trigger: ".modal .alert-info:contains(1 of 2 are in Odoo now)" },
        {
            content: "Who stayed out has the reason",
            trigger: ".modal .o_data_row:contains(Trent Ltd):contains(no account number)",
        },
    ],
});
