import { Component, onWillUnmount, useEffect } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/** How often a run is looked at while its page is open, in milliseconds. */
const EVERY = 2000;

/** Words and a bar that follow a run, without anybody waiting for it. */
export class XeroProgressField extends Component {
    static template = "xero_connector.XeroProgressField";
    static props = { ...standardFieldProps };

    setup() {
        this.orm = useService("orm");
        useEffect(
            (done) => {
                if (!done) {
                    this.timer = setTimeout(() => this.look(), EVERY);
                }
                return () => clearTimeout(this.timer);
            },
            () => [this.done, this.words]
        );
        onWillUnmount(() => clearTimeout(this.timer));
    }

    get words() {
        return this.props.record.data[this.props.name];
    }

    get done() {
        return this.props.record.data.is_done;
    }

    get percent() {
        return Math.round(this.props.record.data.progress);
    }

    /** Read the record again only when something moved. */
    async look() {
        const { record } = this.props;
        const { words } = await this.orm.call(record.resModel, "get_progress", [
            [record.resId],
        ]);
        if (words !== this.words) {
            await record.load();
        } else {
            this.timer = setTimeout(() => this.look(), EVERY);
        }
    }
}

registry.category("fields").add("xero_progress", {
    component: XeroProgressField,
    displayName: _t("Progress"),
    supportedTypes: ["char"],
    fieldDependencies: [
        { name: "is_done", type: "boolean" },
        { name: "progress", type: "float" },
    ],
});
