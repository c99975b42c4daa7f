import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/** How far a connection is: numbered steps, each done, now or later. */
export class XeroStepsField extends Component {
    static template = "xero_connector.XeroStepsField";
    static props = { ...standardFieldProps };

    get steps() {
        return this.props.record.data[this.props.name] || [];
    }
}

registry.category("fields").add("xero_steps", {
    component: XeroStepsField,
    displayName: _t("Progress"),
    supportedTypes: ["json", "jsonb"],
});
