import { registry } from "@web/core/registry";

const tours = registry.category("web_tour.tours");

const STOPPED = ".o_group_header:contains(Tax '20% special' has no Xero rate)";

/** One cause stops a document; its button mends it; then both go. */
tours.add("xero_preview", {
    steps: () => [
        { trigger: ".o_xero_preview_summary:contains(Needs attention 1)" },
        { trigger: ".o_xero_send_chosen:contains(Send 2)" },
        { trigger: `${STOPPED} .o_xero_mend`, run: "click" },
        {
            trigger: ".modal .o_field_widget[name=xero_tax_rate_id] input",
            run: "edit 20% (VAT on Inc",
        },
        {
            trigger: ".o-autocomplete--dropdown-item:contains(20% (VAT on Income))",
            run: "click",
        },
        { trigger: ".modal button[name=action_chosen]", run: "click" },
        { trigger: "body:not(:has(.modal))" },
        { trigger: ".o_xero_look_again", run: "click" },
        { trigger: ".o_xero_send_chosen:contains(Send 3)" },
        {
            content: "What stays out by design is told on request",
            trigger: ".o_xero_left_out",
            run: "click",
        },
        { trigger: ".o_xero_left_out_list:contains(Receipts)" },
        { trigger: ".o_xero_send_chosen", run: "click" },
        { trigger: ".o_xero_progress:contains(0 of 3)" },
        { trigger: ".o_field_widget[name=line_ids] .o_data_row:nth-child(3)" },
    ],
});

/** Afterwards the run says what became of each. */
tours.add("xero_run_results", {
    steps: () => [
        { trigger: ".o_data_row:contains(all in Xero) .o_data_cell", run: "click" },
        { trigger: ".o_xero_progress:contains(3 of 3)" },
        {
            trigger: ".o_field_widget[name=line_ids] .o_data_row:nth-child(3) [data-state=synced]",
        },
    ],
});

/** Send All names the missing filter, applies it, and then shows what would happen. */
tours.add("xero_send_all", {
    steps: () => [
        { trigger: "button[name=action_xero_send_all]", run: "click" },
        { trigger: ".modal:contains(not in Xero yet)" },
        { trigger: ".modal button[name=action_apply]", run: "click" },
        { trigger: ".o_facet_value:contains(Not in Xero yet)" },
        { trigger: "button[name=action_xero_send_all]", run: "click" },
        { trigger: ".o_xero_preview_summary:contains(Create 2)" },
        { trigger: ".o_xero_send_chosen:contains(Send 2)" },
    ],
});

/** Bills have their button and column once they are sent. */
tours.add("xero_bills_list", {
    steps: () => [
        { trigger: ".o_list_view button[name=action_xero_send_all]" },
        { trigger: "th[data-name=xero_state]" },
    ],
});

/** The answers after connecting. */
tours.add("xero_answer", {
    steps: () => [
        { trigger: ".o_data_row .o_data_cell[name=company_id]", run: "click" },
        { trigger: "button[name=action_ask]", run: "click" },
        { trigger: ".modal .alert:contains(documents that will be sent)" },
        { trigger: ".modal .o_field_widget[name=send_bills] input", run: "click" },
        { trigger: ".modal button[name=action_answer]", run: "click" },
        { trigger: "body:not(:has(.modal))" },
        { trigger: ".o_field_widget[name=sends_words]:contains(bills)" },
    ],
});
