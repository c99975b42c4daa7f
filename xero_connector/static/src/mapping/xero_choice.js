import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { computeM2OProps } from "@web/views/fields/many2one/many2one";
import { buildM2OFieldDescription, Many2OneField } from "@web/views/fields/many2one/many2one_field";

/** What may be chosen in each column but the first, and what stands in an empty one. */
const CHOICES = {
    xero_tax_rate_id: {
        relation: "xero.tax.rate",
        placeholder: _t("Choose a rate"),
        domain: (data) => [["id", "in", data.fitting_rate_ids.currentIds]],
    },
    xero_category_id: {
        relation: "xero.tracking.category",
        placeholder: _t("Choose a category"),
        domain: (data) => [["connection_id", "=", data.connection_id.id]],
    },
    xero_option_id: {
        relation: "xero.tracking.option",
        placeholder: _t("Choose an option"),
        domain: (data) => [["id", "in", data.fitting_option_ids.currentIds]],
    },
};

/** Xero's side of a mapping in one column: an account, a rate..., as the row needs. */
export class XeroChoiceField extends Many2OneField {
    get m2oProps() {
        const { data } = this.props.record;
        const choice = CHOICES[data.choice_field];
        if (!choice) {
            return super.m2oProps;
        }
        return computeM2OProps({
            ...this.props,
            name: data.choice_field,
            domain: choice.domain(data),
            placeholder: choice.placeholder,
        });
    }
}

const columns = Object.entries(CHOICES).map(([name, { relation }]) => {
    return { name, type: "many2one", relation, readonly: false };
});

registry.category("fields").add("xero_choice", {
    ...buildM2OFieldDescription(XeroChoiceField),
    displayName: _t("Choice in Xero"),
    fieldDependencies: [
        { name: "choice_field", type: "char" },
        { name: "fitting_rate_ids", type: "many2many", relation: "xero.tax.rate" },
        { name: "fitting_option_ids", type: "many2many", relation: "xero.tracking.option" },
        ...columns,
    ],
});
