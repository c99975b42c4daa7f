"""The same notes where accountants look: as activities on the contacts concerned.

One activity per contact and category lists all its documents; a new problem is added
to the open one, and the last one mended completes it (S215 to S219).
"""

from markupsafe import Markup

from odoo import api, models

#: Documents named one by one in an activity; the rest are counted.
_NAMED = 10

#: Categories that have an activity type.
_ACTIVITIES = ("contact", "invoice", "credit_note", "connection", "item")


class XeroNote(models.Model):
    _inherit = "xero.note"

    @api.model
    def _note_on_contacts(self, connections, partners):
        """Make the activities of these contacts say what stops their documents now."""
        if not partners:
            return
        types = self._activity_types()
        wanted = self._wanted_activities(partners, types)
        activities = self.env["mail.activity"].search(
            [
                ("res_model", "=", "res.partner"),
                ("res_id", "in", partners.ids),
                ("activity_type_id", "in", [each.id for each in types.values()]),
            ]
        )
        categories = {activity_type.id: name for name, activity_type in types.items()}
        for activity in activities:
            key = (activity.res_id, categories[activity.activity_type_id.id])
            body = wanted.pop(key, None)
            if body is None:
                activity.action_feedback(self.env._("Nothing is left to do here."))
            elif activity.note != body:
                activity.note = body
        self._new_activities(connections[:1], types, wanted)

    def _activity_types(self):
        """Categories that have an activity of their own, with its type."""
        return {
            category: self.env.ref(f"xero_connector.activity_type_{category}")
            for category in _ACTIVITIES
        }

    def _wanted_activities(self, partners, types):
        """What stops the documents of these contacts, by contact and category.

        :rtype: dict[tuple[int, str], Markup]
        """
        links = self.env["xero.link"].search(
            [("partner_id", "in", partners.ids), ("note_id.state", "=", "open")]
        )
        wanted = {}
        for (partner, note), stopped in links.grouped(
            lambda link: (link.partner_id, link.note_id)
        ).items():
            # Categories without an activity of their own are the document's.
            known = note.category in types
            key = (partner.id, note.category if known else "invoice")
            wanted[key] = wanted.get(key, Markup("")) + note._as_html(stopped)
        return wanted

    def _as_html(self, links):
        """This cause and the documents it stops, as a paragraph."""
        names = ", ".join(filter(None, links[:_NAMED].mapped("record_name")))
        more = len(links) - _NAMED
        if more > 0:
            names = self.env._("%(names)s and %(more)s more", names=names, more=more)
        return Markup("<p><b>%s</b><br/>%s<br/>%s</p>") % (
            self.message,
            self.advice,
            names,
        )

    def _new_activities(self, connection, types, wanted):
        model = self.env["ir.model"]._get_id("res.partner")
        user = connection.connected_by_id or self.env.user
        self.env["mail.activity"].with_context(mail_activity_quick_update=True).create(
            [
                {
                    "res_model_id": model,
                    "res_id": partner_id,
                    "activity_type_id": types[category].id,
                    "summary": types[category].summary,
                    "note": body,
                    "user_id": user.id,
                }
                for (partner_id, category), body in wanted.items()
            ]
        )
