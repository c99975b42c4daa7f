import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/**
 * Icon and tone of every state that people see, and its word where it is not the
 * label of a selection. Colour is never alone.
 */
const MARKS = {
    // Documents, customers, products
    pending: { icon: "fa-clock-o", tone: "waiting", word: _t("Waiting") },
    sending: { icon: "fa-circle-o-notch fa-spin", tone: "waiting", word: _t("Sending") },
    checking: { icon: "fa-clock-o", tone: "waiting", word: _t("Checking") },
    synced: { icon: "fa-check", tone: "good", word: _t("In Xero") },
    changed: { icon: "fa-pencil", tone: "info", word: _t("Changed in Xero") },
    draft: { icon: "fa-pencil-square-o", tone: "info", word: _t("Draft in Xero") },
    submitted: { icon: "fa-pencil-square-o", tone: "info", word: _t("Awaiting approval in Xero") },
    error: { icon: "fa-exclamation-triangle", tone: "attention", word: _t("Needs attention") },
    blocked: { icon: "fa-exclamation-triangle", tone: "attention", word: _t("Needs attention") },
    skipped: { icon: "fa-minus", tone: "waiting", word: _t("Skipped") },
    gone: { icon: "fa-ban", tone: "gone", word: _t("Gone in Xero") },
    voided: { icon: "fa-ban", tone: "gone", word: _t("Voided in Xero") },
    deleted: { icon: "fa-ban", tone: "gone", word: _t("Deleted in Xero") },
    // Connections
    not_connected: { icon: "fa-circle-o", tone: "waiting" },
    connected: { icon: "fa-check", tone: "good" },
    broken: { icon: "fa-exclamation-triangle", tone: "attention" },
    disconnected: { icon: "fa-chain-broken", tone: "waiting" },
    // History
    ready: { icon: "fa-clock-o", tone: "waiting" },
    answered: { icon: "fa-circle-o-notch fa-spin", tone: "waiting" },
    uncertain: { icon: "fa-clock-o", tone: "waiting" },
    done: { icon: "fa-check", tone: "good" },
    failed: { icon: "fa-exclamation-triangle", tone: "attention" },
    out: { icon: "fa-arrow-up", tone: "waiting" },
    in: { icon: "fa-arrow-down", tone: "waiting" },
    created: { icon: "fa-check", tone: "good" },
    updated: { icon: "fa-check", tone: "good" },
    adopted: { icon: "fa-check", tone: "good" },
    refused: { icon: "fa-exclamation-triangle", tone: "attention" },
    absent: { icon: "fa-repeat", tone: "waiting" },
    split: { icon: "fa-repeat", tone: "waiting" },
    exists: { icon: "fa-search", tone: "waiting" },
    // Notes
    open: { icon: "fa-exclamation-triangle", tone: "attention" },
    // What would happen, and runs
    create: { icon: "fa-plus", tone: "good" },
    update: { icon: "fa-pencil", tone: "info" },
    link: { icon: "fa-link", tone: "info" },
    attention: { icon: "fa-exclamation-triangle", tone: "attention" },
    wait: { icon: "fa-clock-o", tone: "waiting" },
    waiting: { icon: "fa-clock-o", tone: "waiting", word: _t("Waiting") },
    held: { icon: "fa-clock-o", tone: "waiting" },
    nothing: { icon: "fa-check", tone: "waiting" },
    left: { icon: "fa-minus", tone: "waiting", word: _t("Not for Xero") },
    equal: { icon: "fa-check", tone: "good" },
    differs: { icon: "fa-exclamation-triangle", tone: "attention" },
    // Mapping
    unmapped: { icon: "fa-exclamation-triangle", tone: "attention", word: _t("Please choose") },
    as_account: { icon: "fa-minus", tone: "waiting", word: _t("As its account") },
    low: { icon: "fa-question-circle", tone: "attention", word: _t("Please choose") },
    refused: { icon: "fa-exclamation-triangle", tone: "attention", word: _t("Cannot be used") },
    medium: { icon: "fa-question-circle", tone: "info", word: _t("Please check") },
    high: { icon: "fa-check-circle-o", tone: "good", word: _t("Sure") },
    accepted: { icon: "fa-check", tone: "good", word: _t("Accepted") },
    person: { icon: "fa-check", tone: "good", word: _t("Chosen") },
};

const TONES = {
    good: "text-success",
    attention: "text-warning",
    info: "text-info",
    waiting: "text-muted",
    gone: "text-muted",
};

/**
 * Icon and word of a state.
 *
 * Option `mark` names a field with a finer state to show in place of the value.
 */
export class XeroStateField extends Component {
    static template = "xero_connector.XeroStateField";
    static props = { ...standardFieldProps, mark: { type: String, optional: true } };

    get code() {
        const { data } = this.props.record;
        const code = (this.props.mark && data[this.props.mark]) || data[this.props.name];
        const isConnection = this.props.record.resModel === "xero.connection";
        return isConnection && code === "draft" ? "not_connected" : code;
    }

    get mark() {
        return MARKS[this.code] || { icon: "fa-circle-o", tone: "waiting" };
    }

    get word() {
        const field = this.props.record.fields[this.props.name];
        const value = this.props.record.data[this.props.name];
        const label = (field.selection || []).find(([code]) => code === value)?.[1];
        return this.props.mark || !label ? this.mark.word || label || "" : label;
    }

    get tone() {
        return TONES[this.mark.tone];
    }

    get isStruck() {
        return this.mark.tone === "gone";
    }
}

registry.category("fields").add("xero_state", {
    component: XeroStateField,
    displayName: _t("State in Xero"),
    supportedTypes: ["selection", "char"],
    extractProps: ({ options }) => ({ mark: options.mark }),
    fieldDependencies: ({ options }) =>
        options.mark ? [{ name: options.mark, type: "char" }] : [],
});
