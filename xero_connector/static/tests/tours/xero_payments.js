import { registry } from "@web/core/registry";

const tours = registry.category("web_tour.tours");

/** An accountant registers the payment of an invoice. */
tours.add("xero_register_payment", {
    steps: () => [
        { trigger: "button[name=action_register_payment]", run: "click" },
        { trigger: ".modal button[name=action_create_payments]", run: "click" },
        { trigger: ".ribbon:contains(Paid), .ribbon:contains(In Payment)" },
    ],
});

/** The payment is in Xero, and stands on its invoice there. */
tours.add("xero_payment_in_xero", {
    steps: () => [
        { trigger: ".o_data_row:contains(120.00):contains(In Xero)" },
        { trigger: ".o_data_row .o_data_cell[name=document_id]", run: "click" },
        { trigger: ".o_form_view .o_field_widget[name=xero_state]:contains(In Xero)" },
    ],
});

/** Someone asks what Xero has of an invoice, and need not wait. */
tours.add("xero_update_invoice", {
    steps: () => [
        { trigger: ".o_notebook_headers .nav-link:contains(Xero)", run: "click" },
        { trigger: "button[name=action_xero_update]", run: "click" },
        { trigger: ".modal:contains(Update from Xero):contains(0 of 1)" },
        { trigger: ".modal .modal-footer button:contains(Close)", run: "click" },
        { trigger: "body:not(:has(.modal))" },
    ],
});

/** What was paid in Xero is paid here. */
tours.add("xero_paid_in_xero", {
    steps: () => [
        { trigger: ".ribbon:contains(Paid)" },
        { trigger: ".o_notebook_headers .nav-link:contains(Xero)", run: "click" },
        { trigger: ".o_field_widget[name=xero_paid_on]:contains(Jul 12)" },
        { trigger: ".o_field_widget[name=xero_amount_paid]:contains(120.00)" },
    ],
});

/** All balances are read while the person does something else. */
tours.add("xero_update_balances", {
    steps: () => [
        { trigger: ".o_data_row .o_data_cell[name=company_id]", run: "click" },
        { trigger: "button[name=action_update_balances]", run: "click" },
        { trigger: ".o_form_view:contains(Update from Xero):contains(0 of 2)" },
        { trigger: ".breadcrumb-item a", run: "click" },
        { trigger: ".o_list_view .o_data_row [data-state=connected]" },
    ],
});
