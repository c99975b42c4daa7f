import { registry } from "@web/core/registry";

/** An alert's button: opens what mends a note, and shows the page anew afterwards. */
async function mend(env, action) {
    const next = await env.services.orm.call("xero.note", "action_mend", [
        [action.params.note_id],
    ]);
    const reload = () =>
        env.services.action.doAction({ type: "ir.actions.client", tag: "soft_reload" });
    const isDialog = next.target === "new";
    return env.services.action.doAction(next, isDialog ? { onClose: reload } : {});
}

registry.category("actions").add("xero_mend", mend);
