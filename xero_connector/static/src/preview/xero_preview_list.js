import { Component, onWillStart, onWillUpdateProps, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { formatDateTime, deserializeDateTime } from "@web/core/l10n/dates";
import { useService } from "@web/core/utils/hooks";
import { ListController } from "@web/views/list/list_controller";
import { listView } from "@web/views/list/list_view";

/** What stands above the rows: counts, calls, and what stays out by design. */
export class XeroPreviewSummary extends Component {
    static template = "xero_connector.PreviewSummary";
    static props = {
        summary: Object,
        status: String,
        onStatus: Function,
        onRefresh: Function,
        onLook: Function,
    };

    setup() {
        this.state = useState({ showsLeftOut: false });
    }

    get lookLabel() {
        return _t("Look into Xero too: about %s calls", this.props.summary.lookCalls);
    }

    get lookedAt() {
        const { lookedAt } = this.props.summary;
        return lookedAt ? formatDateTime(deserializeDateTime(lookedAt)) : "";
    }
}

/** The preview: rows in Odoo's own list, a summary above, and one button that sends. */
export class XeroPreviewListController extends ListController {
    static components = { ...ListController.components, XeroPreviewSummary };

    setup() {
        super.setup();
        this.orm = useService("orm");
        this.previewState = useState({ summary: null, status: "" });
        onWillStart(() => this.readSummary());
        onWillUpdateProps(() => this.readSummary());
    }

    get previewId() {
        return this.props.context.xero_preview_id;
    }

    async readSummary() {
        if (this.previewId) {
            const summary = await this.onPreview("get_summary");
            this.previewState.summary = summary;
        }
    }

    onPreview(method, ...args) {
        return this.orm.call("xero.preview", method, [[this.previewId], ...args]);
    }

    get sendLabel() {
        const chosen = this.chosenCount;
        if (chosen) {
            return _t("Send %s chosen", chosen);
        }
        return _t("Send %s", this.previewState.summary.sendCount);
    }

    get chosenCount() {
        const { root } = this.model;
        return root.isDomainSelected ? root.count : (root.selection || []).length;
    }

    get canSend() {
        return Boolean(this.previewState.summary?.sendCount);
    }

    async send() {
        const ids = this.chosenCount ? await this.model.root.getResIds(true) : null;
        const action = await this.onPreview("action_send", ids, this.previewState.status);
        await this.actionService.doAction(action);
    }

    async look(method) {
        await this.onPreview(method);
        await this.readSummary();
        await this.model.load();
    }

    async afterExecuteActionButton(clickParams) {
        await super.afterExecuteActionButton?.(...arguments);
        await this.readSummary();
    }
}

registry.category("views").add("xero_preview_list", {
    ...listView,
    Controller: XeroPreviewListController,
    buttonTemplate: "xero_connector.PreviewButtons",
});

// The list's own template with the summary above its rows.
XeroPreviewListController.template = "xero_connector.PreviewList";
