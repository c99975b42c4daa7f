"""What people see of Xero on documents, beyond their state."""

from odoo import api, models

from .xero_connection_trial import TRIAL_DOCUMENTS


class AccountMove(models.Model):
    _inherit = "account.move"

    # === ALERTS === #

    def _get_alerts(self):
        """Say what a document waits for, where a person can help."""
        alerts = super()._get_alerts()
        link = self._xero_link() if self._xero_may_see() else self.env["xero.link"]
        if link.state == "pending" and "xero_connector" not in alerts:
            alert = self._xero_waiting_alert(link)
            if alert:
                alerts["xero_connector"] = alert
        return alerts

    def _xero_waiting_alert(self, link):
        connection = link.connection_id
        if connection.state == "broken":
            level, message = "warning", connection.state_message
        elif link.waiting_for == "go_live":
            level, message = (
                "info",
                self.env._(
                    "Waits for Go live. The first %s documents are in Xero as drafts:"
                    " check them there, then go live.",
                    TRIAL_DOCUMENTS,
                ),
            )
        else:
            return None
        return {
            "level": level,
            "message": message,
            "action_text": self.env._("Open connection"),
            "action": connection._open_form(),
        }

    # === LIST === #

    @api.model
    def _xero_list_state(self):
        """What the list offers: ``send``, ``connect`` (to managers) or nothing."""
        connections = self._xero_shown_connections().sudo()
        if any(connection.state == "connected" for connection in connections):
            return "send"
        manager = self.env.user.has_group("xero_connector.group_manager")
        return "connect" if manager else ""

    @api.model
    def _xero_kinds_shown(self):
        """Kinds of documents that some connection sends."""
        connections = self._xero_shown_connections().sudo()
        return sorted({kind for each in connections for kind in each._sent_kinds()})

    @api.model
    def _get_view_cache_key(self, view_id=None, view_type="form", **options):
        key = super()._get_view_cache_key(view_id, view_type, **options)
        if view_type not in ("list", "search"):
            return key
        connected = bool(self._xero_shown_connections())
        kinds = tuple(self._xero_kinds_shown())
        return (*key, self._xero_list_state(), connected, kinds)

    @api.model
    def _get_view(self, view_id=None, view_type="form", **options):
        """'Send to Xero' where connected, else one 'Connect to Xero' (S14).

        Without a connection there is no column either (S1), nor on the lists of what
        is not sent.
        """
        arch, view = super()._get_view(view_id, view_type, **options)
        if view_type == "list":
            self._xero_fit_list(arch)
        if view_type == "search":
            for node in arch.xpath("//filter[@name='xero_kinds']"):
                node.set("domain", f"[('move_type', 'in', {self._xero_kinds_shown()})]")
        return arch, view

    @api.model
    def _xero_fit_list(self, arch):
        state = self._xero_list_state()
        unwanted = [
            f"//header/button[@class='xero_{name}']"
            for name in {"send", "connect"} - {state}
        ]
        if not self._xero_shown_connections():
            unwanted.append("//field[@name='xero_state']")
        for node in arch.xpath(" | ".join(unwanted)):
            node.getparent().remove(node)
        # The kind of a list is only known in the browser.
        kinds = self._xero_kinds_shown() or ["out_invoice", "out_refund"]
        elsewhere = f"context.get('default_move_type', 'entry') not in {kinds}"
        for node in arch.xpath("//header/button[starts-with(@class, 'xero_')]"):
            node.set("invisible", elsewhere)
        for node in arch.xpath("//field[@name='xero_state']"):
            node.set("column_invisible", elsewhere)
