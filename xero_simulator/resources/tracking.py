"""Tracking categories and their options (spec: TrackingCategory)."""

from .. import fields
from ..errors import Complaints, NotFound, Refused, ValidationFailed
from ..organisation import new_id
from .endpoint import Endpoint

MOST_ACTIVE, MOST_IN_ALL, MOST_OPTIONS = 2, 4, 100
NAME_LIMIT = 100


class TrackingCategories(Endpoint):
    """``/TrackingCategories``: no If-Modified-Since; what is in use is archived."""

    plural = "TrackingCategories"
    table_name = "tracking_categories"
    one_per_request = True
    known_fields = frozenset(("Name", "Status", "TrackingCategoryID"))
    routes = {
        ("GET", ""): "listed",
        ("PUT", ""): "create",
        ("GET", "/<key>"): "read",
        ("POST", "/<key>"): "update",
        ("DELETE", "/<key>"): "delete",
        ("PUT", "/<key>/Options"): "create_option",
        ("POST", "/<key>/Options/<option>"): "update_option",
        ("DELETE", "/<key>/Options/<option>"): "delete_option",
    }

    def chosen(self, records):
        """Archived categories only with ``includeArchived``."""
        if self.call.flag("includeArchived"):
            return records
        return [record for record in records if record["Status"] == "ACTIVE"]

    def row(self, record, detailed=True):
        return {**record, "Options": [option_row(o) for o in record["Options"]]}

    def save(self, element, mode):
        existing = self.table.get(element.get("TrackingCategoryID"))
        name = fields.text(element, "Name") or (existing or {}).get("Name")
        status = fields.text(element, "Status") or (existing or {}).get("Status")
        self._check(existing, name, status or "ACTIVE")
        record = existing or {"TrackingCategoryID": new_id(), "Options": []}
        record = {**record, "Name": name, "Status": status or "ACTIVE"}
        record = self.table.put(record)
        for option in fields.rows(element, "Options") or []:
            record = self._with_new_option(record, option)
        return record

    def _check(self, existing, name, status):
        if not name or len(name) > NAME_LIMIT:
            raise Refused("Name must have 1 to 100 characters.")
        others = [r for r in self.table.all() if r is not existing]
        if any(r["Name"].lower() == name.lower() for r in others):
            raise Refused("Please enter a unique Name.")
        active = sum(1 for r in others if r["Status"] == "ACTIVE")
        if status == "ACTIVE" and active >= MOST_ACTIVE or len(others) >= MOST_IN_ALL:
            raise Refused("The maximum number of tracking categories has been reached.")
        if status not in ("ACTIVE", "ARCHIVED"):
            raise Refused("Status is not valid.")

    def delete(self, key):
        """Delete a category that no document uses."""
        record = self.found(key)
        if is_used(
            self.organisation, "TrackingCategoryID", record["TrackingCategoryID"]
        ):
            self._refuse(record, "A tracking category in use cannot be deleted.")
        self.table.remove(record["TrackingCategoryID"])
        return self.envelope([{**self.row(record), "Status": "DELETED"}])

    # Options

    def create_option(self, key):
        """PUT one option."""
        record = self.found(key)
        return self._answer_option(self._with_new_option, record, -1)

    def update_option(self, key, option):
        """POST: rename or archive."""
        record = self.found(key)
        place = self._place(record, option)

        def change(record, element):
            return self._changed_option(record, place, element)

        return self._answer_option(change, record, place)

    def delete_option(self, key, option):
        """Delete an option that no document uses."""
        record = self.found(key)
        place = self._place(record, option)
        old = record["Options"][place]
        if is_used(self.organisation, "TrackingOptionID", old["TrackingOptionID"]):
            self._refuse(old, "A tracking option in use cannot be deleted.")
        left = [o for o in record["Options"] if o is not old]
        self.table.put({**record, "Options": left})
        return self.envelope(
            [{**option_row(old), "Status": "DELETED"}], plural="Options"
        )

    def _answer_option(self, change, record, place):
        element = self.elements("Options")[0]
        try:
            record = change(record, element)
        except Refused as refusal:
            raise ValidationFailed([refusal.complaints.mark(element)]) from None
        return self.envelope([option_row(record["Options"][place])], plural="Options")

    def _place(self, record, option_id):
        for place, option in enumerate(record["Options"]):
            if option["TrackingOptionID"] == option_id.lower():
                return place
        raise NotFound

    def _with_new_option(self, record, element):
        active = [o for o in record["Options"] if o["Status"] == "ACTIVE"]
        if len(active) >= MOST_OPTIONS:
            raise Refused("The maximum number of tracking options has been reached.")
        name = self._option_name(record, element, None)
        new = {"TrackingOptionID": new_id(), "Name": name, "Status": "ACTIVE"}
        return self.table.put({**record, "Options": [*record["Options"], new]})

    def _changed_option(self, record, place, element):
        options = list(record["Options"])
        old = options[place]
        status = fields.text(element, "Status") or old["Status"]
        name = old["Name"]
        if "Name" in element:
            name = self._option_name(record, element, old)
        options[place] = {**old, "Name": name, "Status": status}
        return self.table.put({**record, "Options": options})

    def _option_name(self, record, element, old):
        name = fields.text(element, "Name") or ""
        if not 0 < len(name) <= NAME_LIMIT:
            raise Refused("Option name must have 1 to 100 characters.")
        others = (o["Name"].lower() for o in record["Options"] if o is not old)
        if name.lower() in others:
            raise Refused("Please enter a unique Name.")
        return name

    def _refuse(self, row, message):
        raise ValidationFailed([Complaints([message]).mark(dict(row))])


def option_row(option):
    """An option on the wire."""
    return dict(option)


def is_used(organisation, id_field, record_id):
    """Whether a document line carries a category or option."""
    return any(
        tag[id_field] == record_id
        for document in organisation.documents()
        for line in document["LineItems"]
        for tag in line.get("Tracking", ())
    )


def tags_of_line(organisation, rows, complaints):
    """A line's tracking: at most two, by ids or by names, active ones only.

    :return: ``[{TrackingCategoryID, Name, TrackingOptionID, Option}]``
    """
    if len(rows) > MOST_ACTIVE:
        complaints.add("A line item can have at most 2 tracking categories.")
        return []
    tags = [_tag(organisation, row, complaints) for row in rows]
    return [tag for tag in tags if tag]


def _tag(organisation, row, complaints):
    """One tag of a line, or None after a complaint."""
    category = _chosen(
        organisation.tracking_categories.all(),
        ("category", "TrackingCategoryID", "Name"),
        row,
        complaints,
    )
    option = category and _chosen(
        category["Options"], ("option", "TrackingOptionID", "Option"), row, complaints
    )
    if option is None:
        return None
    return {
        "TrackingCategoryID": category["TrackingCategoryID"],
        "Name": category["Name"],
        "TrackingOptionID": option["TrackingOptionID"],
        "Option": option["Name"],
    }


def _chosen(records, words, row, complaints):
    """The active record that a row names by id or name, or None after a complaint."""
    what, id_field, name_field = words
    active = [record for record in records if record["Status"] == "ACTIVE"]
    record_id, name = fields.text(row, id_field), fields.text(row, name_field)
    found = _named(active, id_field, record_id, name)
    if found is None:
        complaints.add(
            f"The tracking {what} '{name or record_id}' does not exist or is archived."
        )
    return found


def _named(records, id_field, record_id, name):
    """By id if there is one, else by name without regard to case."""
    for record in records:
        if record_id and record[id_field] == record_id.lower():
            return record
        if not record_id and name and record["Name"].lower() == name.lower():
            return record
    return None
