import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { ListController } from "@web/views/list/list_controller";
import { listView } from "@web/views/list/list_view";

const CHOICES = [
    "xero_account_id",
    "xero_tax_rate_id",
    "xero_category_id",
    "xero_option_id",
    "xero_action",
    "write_off_action",
];

/** Counts what may be accepted at once, and says what a choice set free. */
export class XeroMappingListController extends ListController {
    setup() {
        super.setup();
        this.orm = useService("orm");
        this.notification = useService("notification");
        /** Documents that waited for a row when its choice was made, by id. */
        this.waiting = new Map();
    }

    get rows() {
        return this.model.root.records || [];
    }

    get sureIds() {
        const sure = this.rows.filter((row) => row.data.check_mark === "high");
        return sure.map((row) => row.resId);
    }

    get acceptLabel() {
        const count = this.sureIds.length;
        return count === 1 ? _t("Accept the sure one") : _t("Accept %s sure ones", count);
    }

    async acceptSure() {
        await this.press("xero.mapping", "action_accept_sure", this.sureIds);
    }

    async refreshLists() {
        const ids = new Set(this.rows.map((row) => row.data.connection_id.id));
        await this.press("xero.connection", "action_refresh_reference_data", [...ids]);
    }

    async press(model, method, ids) {
        const action = await this.orm.call(model, method, [ids]);
        await this.actionService.doAction(action);
    }

    async onWillSaveRecord(record, changes) {
        if (CHOICES.some((name) => name in (changes || {}))) {
            this.waiting.set(record.resId, record.data.waiting_count);
        }
        return super.onWillSaveRecord(...arguments);
    }

    async onRecordSaved(record) {
        await super.onRecordSaved(...arguments);
        const count = this.waiting.get(record.resId);
        this.waiting.delete(record.resId);
        if (count) {
            const words = await this.orm.call("xero.mapping", "feedback", [
                [record.resId],
                count,
            ]);
            this.notification.add(words, { type: "success" });
        }
    }
}

registry.category("views").add("xero_mapping_list", {
    ...listView,
    Controller: XeroMappingListController,
    buttonTemplate: "xero_connector.MappingButtons",
});
