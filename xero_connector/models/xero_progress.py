"""What takes a while and is watched on a page of its own."""

from odoo import models


class XeroProgress(models.AbstractModel):
    """A record with ``words``, ``is_done`` and ``progress`` in percent."""

    _name = "xero.progress"
    _description = "Work That Is Watched"

    def action_open(self):
        """Open how far it is, and its results."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
        }

    def get_progress(self):
        """How far it is, for the screen that shows it meanwhile (S145, S179)."""
        self.ensure_one()
        return {"words": self.words, "done": self.is_done, "progress": self.progress}
