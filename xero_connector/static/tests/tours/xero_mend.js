import { registry } from "@web/core/registry";

const tours = registry.category("web_tour.tours");

const STOPPED = ".o_data_row:contains(Tax '20% special' has no Xero rate)";

/** One click on the cause, one choice. */
tours.add("xero_mend_a_tax", {
    steps: () => [
        {
            content: "One line for all three, with their amount",
            trigger: `${STOPPED}:contains(3 invoices)`,
        },
        { trigger: `${STOPPED} button:contains(Choose)`, run: "click" },
        {
            trigger: ".modal .o_field_widget[name=xero_tax_rate_id] input",
            run: "edit 20% (VAT on Inc",
        },
        {
            trigger: ".o-autocomplete--dropdown-item:contains(20% (VAT on Income))",
            run: "click",
        },
        { trigger: ".modal button[name=action_chosen]", run: "click" },
        {
            trigger:
                ".o_notification:contains(3 documents were waiting for this. They are on their way.)",
        },
        { trigger: "body:not(:has(.modal))" },
    ],
});

/** Nothing is left to do; History says what went and why it had waited. */
tours.add("xero_mended", {
    steps: () => [
        { trigger: ".o_view_nocontent:contains(Nothing needs attention)" },
        { trigger: ".o_menu_sections *[data-menu-xmlid='xero_connector.menu_xero_request']", run: "click" },
        {
            trigger:
                ".o_data_row:contains(3 invoices):contains(3 in Xero):contains(20% special) .o_data_cell",
            run: "click",
        },
        { trigger: ".o_form_view:contains(These had waited)" },
        {
            trigger:
                ".o_field_widget[name=line_ids] .o_data_row:contains(Tax '20% special' has no Xero rate):nth-child(3) [data-state=created]",
        },
    ],
});

/** The amber bar on the invoice opens what mends it. */
tours.add("xero_alert_on_invoice", {
    steps: () => [
        { trigger: ".o_data_row [data-state=blocked]:contains(Needs attention)", run: "click" },
        {
            trigger: ".alert-warning:contains(Not in Xero: Tax '20% special' has no Xero rate)",
        },
        { trigger: ".alert-warning a:contains(Choose)", run: "click" },
        { trigger: ".modal .o_field_widget[name=xero_tax_rate_id]" },
        { trigger: ".modal button:contains(Cancel)", run: "click" },
        { trigger: "body:not(:has(.modal))" },
    ],
});

/** Blocked first; a choice in the row says what it set free. */
tours.add("xero_mapping", {
    steps: () => [
        {
            content: "What stops documents stands first, in one column of choices",
            trigger: ".o_data_row:first:contains(20% special) [data-state=unmapped]",
        },
        {
            content: "Bills are not sent, so nothing of theirs is asked for",
            trigger: ".o_list_view:not(:contains(Purchase lines without tax))",
        },
        {
            trigger: ".o_data_row:first .o_data_cell[name=xero_account_id]",
            run: "click",
        },
        {
            trigger: ".o_data_row:first .o_field_widget[name=xero_account_id] input",
            run: "edit 20% (VAT on Inc",
        },
        {
            trigger: ".o-autocomplete--dropdown-item:contains(20% (VAT on Income))",
            run: "click",
        },
        { trigger: ".o_list_button_save", run: "click" },
        { trigger: ".o_notification:contains(3 documents were waiting for this)" },
        { trigger: ".o_xero_accept_sure:contains(Accept)", run: "click" },
        { trigger: ".o_data_row [data-state=accepted]" },
        { trigger: "body:not(:has(.o_xero_accept_sure))" },
    ],
});
