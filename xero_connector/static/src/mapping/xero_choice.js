import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { computeM2OProps } from "@web/views/fields/many2one/many2one";
import { buildM2OFieldDescription, Many2OneField } from "@web/views/fields/many2one/many2one_field";

const KINDS_WITH_ACCOUNT = ["account", "journal"];

/** Xero's side of a mapping in one column: an account or a rate, as the row needs. */
export class XeroChoiceField extends Many2OneField {
    get m2oProps() {
        const { record } = this.props;
        if (KINDS_WITH_ACCOUNT.includes(record.data.kind)) {
            return super.m2oProps;
        }
        return computeM2OProps({
            ...this.props,
            name: "xero_tax_rate_id",
            domain: [["id", "in", record.data.fitting_rate_ids.currentIds]],
            placeholder: _t("Choose a rate"),
        });
    }
}

registry.category("fields").add("xero_choice", {
    ...buildM2OFieldDescription(XeroChoiceField),
    displayName: _t("Choice in Xero"),
    fieldDependencies: [
        { name: "kind", type: "selection" },
        { name: "fitting_rate_ids", type: "many2many", relation: "xero.tax.rate" },
        {
            name: "xero_tax_rate_id",
            type: "many2one",
            relation: "xero.tax.rate",
            readonly: false,
        },
    ],
});
