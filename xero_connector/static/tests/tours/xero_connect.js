import { registry } from "@web/core/registry";

const tours = registry.category("web_tour.tours");

/** A system administrator enters the app's credentials on a first, empty screen. */
tours.add("xero_first_screen", {
    steps: () => [
        {
            content: "The empty screen says what this is",
            trigger: ".o_view_nocontent:contains(Connect Odoo to Xero)",
        },
        { trigger: ".o_list_button_add", run: "click" },
        {
            content: "The address to give to Xero can be copied on the first page",
            trigger: ".o_field_widget[name=redirect_uri]:contains(/xero/oauth/callback)",
        },
        {
            trigger: ".o_field_widget[name=client_id] input",
            run: "edit demo-client",
        },
        {
            trigger: ".o_field_widget[name=client_secret] input",
            run: "edit demo-secret",
        },
        { trigger: ".o_form_button_save", run: "click" },
        { trigger: ".o_form_saved" },
    ],
});

/** A manager goes through Xero's page and then live. */
tours.add("xero_connect_and_go_live", {
    steps: () => [
        { trigger: ".o_data_row .o_data_cell[name=company_id]", run: "click" },
        {
            content: "Off to Xero's page, where the user allows access",
            trigger: "button[name=action_connect]",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "Back in Odoo, connected",
            trigger: ".o_field_widget[name=state] [data-state=connected]",
        },
        { trigger: ".o_xero_step_done:contains(Connect)" },
        { trigger: ".ribbon:contains(Trial)" },
        { trigger: "button[name=action_go_live]", run: "click" },
        { trigger: ".modal button[name=action_leave]", run: "click" },
        { trigger: ".o_xero_step_done:contains(Go live)" },
    ],
});

/** An accountant posts the one draft invoice. */
tours.add("xero_post_invoice", {
    steps: () => [
        { trigger: ".o_data_row:contains(Azure Interior) .o_data_cell", run: "click" },
        { trigger: "button[name=action_post]", run: "click" },
        { trigger: ".o_statusbar_status .o_arrow_button_current:contains(Posted)" },
    ],
});

/** The tick is in the list and on the invoice. */
tours.add("xero_see_the_tick", {
    steps: () => [
        {
            trigger:
                ".o_data_row:contains(Azure Interior) [data-state=synced]:contains(In Xero)",
        },
        { trigger: ".o_data_row [data-state=synced] .fa-check" },
        { trigger: ".o_data_row:contains(Azure Interior) .o_data_cell", run: "click" },
        { trigger: "button[name=action_xero_open] [data-state=synced]:contains(In Xero)" },
        { trigger: "body:not(:has(button[name=action_xero_send]))" },
    ],
});
