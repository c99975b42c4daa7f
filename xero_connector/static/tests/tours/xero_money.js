import { registry } from "@web/core/registry";

const said = ".alert:contains(belongs to no invoice)";

registry.category("web_tour.tours").add("xero_create_overpayment", {
    steps: () => [
        { content: "the payment says what is left", trigger: said },
        {
            content: "have it in Xero",
            trigger: ".alert button[name=action_xero_create_overpayment]",
            run: "click",
        },
        { content: "it is on its way", trigger: ".o_notification:contains(On its way)" },
    ],
});

registry.category("web_tour.tours").add("xero_unapplied_money", {
    steps: () => [
        {
            content: "each amount, whose it is and what it is",
            trigger: ".o_data_row:contains(Azure Interior):contains(60.00)",
        },
        {
            content: "what is in Xero says so, without a button",
            trigger:
                ".o_data_row:contains(overpayment in Xero):not(:has(button[name=action_xero_send]))",
        },
        {
            content: "open the other one",
            trigger: ".o_data_row:contains(60.00) td[name=date]",
            run: "click",
        },
        { content: "the payment says it, too", trigger: said },
    ],
});
