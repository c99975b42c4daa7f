"""Copies of Xero's tracking categories and their options (S95, S96)."""

from odoo import api, fields, models
from odoo.tools import LazyTranslate

_lt = LazyTranslate(__name__)


class XeroTrackingCategory(models.Model):
    """A copy of one tracking category; Xero has at most two in use."""

    _name = "xero.tracking.category"
    _description = "Xero Tracking Category"
    _inherit = ["xero.reference.mixin"]
    _order = "name"

    _xero_operation = "get_tracking_categories"
    _xero_list_name = _lt("tracking categories")
    _xero_endpoint = "TrackingCategories"
    _xero_parameters = {"include_archived": True}

    option_ids = fields.One2many("xero.tracking.option", "category_id")

    @api.model
    def _take_list(self, connection, elements, whole=True):
        """Options come with their category, in the same answer."""
        super()._take_list(connection, elements, whole)
        categories = self._known(connection)
        options = [
            dict(option, category=categories[element["TrackingCategoryID"]])
            for element in elements
            for option in element.get("Options") or ()
        ]
        self.env["xero.tracking.option"]._take_list(connection, options, whole)

    @api.model
    def _values(self, element):
        return {
            "key": element["TrackingCategoryID"],
            "name": element.get("Name"),
            "inactive_reason": self._reason(element),
        }


class XeroTrackingOption(models.Model):
    """A copy of one option of a tracking category.

    Xero's answers name the option of a line, not its id, so that both are kept; a name
    is unique within its category.
    """

    _name = "xero.tracking.option"
    _description = "Xero Tracking Option"
    _inherit = ["xero.reference.mixin"]
    _order = "category_id, name"

    _xero_operation = "get_tracking_categories"
    _xero_list_name = _lt("tracking options")

    category_id = fields.Many2one(
        "xero.tracking.category", readonly=True, ondelete="cascade", index=True
    )

    @api.model
    def _values(self, element):
        """An option of an archived category cannot be used either."""
        category = element["category"]
        return {
            "key": element["TrackingOptionID"],
            "name": element.get("Name"),
            "category_id": category.id,
            "inactive_reason": self._reason(element) or category.inactive_reason,
        }
