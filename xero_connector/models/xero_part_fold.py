"""Parts of touched documents, compared with what there was: new, changed, ended.

Runs in the plan. What was taken apart and put together again between two plans is as
it was, and nothing happens.
"""

from odoo import api, models
from odoo.fields import Domain

from .account_move_money import DOCUMENTS
from .xero_part import plain


class XeroConnection(models.Model):
    _inherit = "xero.connection"

    def _fold(self, records, by_user):
        """Documents bring the parts of what settles them."""
        result = super()._fold(records, by_user)
        parts = self.env["xero.part"].sudo()
        if records._name == "account.move":
            parts._refresh(self, records.sudo(), by_user, touched=True)
        elif records._name == "xero.part":
            documents = records.sudo()._xero_touching()
            parts._refresh(self, documents, by_user, touched=True)
        return result

    def _fold_deleted(self, records):
        result = super()._fold_deleted(records)
        if records._name == "account.move":
            self.env["xero.part"].sudo()._end_orphans(self)
        return result


class XeroPart(models.Model):
    _inherit = "xero.part"

    # === REFRESH === #

    @api.model
    def _refresh(self, connection, moves, by_user=False, touched=False):
        """Bring the parts of these documents, and of those that these entries settle,
        up to date, and have them planned.

        Queries do not grow with the documents.

        :param touched: somebody did something in Odoo, so that what was stopped or
            refused of these is tried once more
        """
        moves = moves.filtered(
            lambda move: move.company_id.id in connection._company_ids()
        )
        entries = moves.filtered(lambda move: move._xero_moves_money())
        documents = self._announced_together(moves | entries._xero_settled())
        documents = documents.filtered(lambda move: move.move_type in DOCUMENTS)
        if not documents and not entries:
            return self.browse()
        found = self._settlements(documents)
        entries |= entries.browse(each.entry_id for each in found if each.is_money)
        known = self._known(connection, documents, found, entries)
        wanted, held = self._wanted(connection, documents, found, known)
        wanted |= self._unapplied_values(entries, known, wanted, held)
        moves = documents | entries
        changed = self._settle_parts(connection, moves, known, wanted, held)
        again = known.filtered(lambda part: touched and part._xero_is_of(moves))
        self._have_planned(connection, again | changed, changed, by_user)
        return changed

    def _known(self, connection, documents, found, entries):
        """Parts of these documents, of others that the same entries settle, and of the
        money of these entries that belongs to none."""
        ids = set(documents.ids) | {each.document_id for each in found}
        ids |= {each.entry_id for each in found if each.row["entry_type"] in DOCUMENTS}
        domain = Domain("document_id", "in", list(ids)) | Domain(
            [("kind", "=", "overpayment"), ("counterpart_move_id", "in", entries.ids)]
        )
        own = [("connection_id", "=", connection.id), ("waits", "=", False)]
        return self.search(Domain(own) & domain)

    def _wanted(self, connection, documents, found, known):
        """What there should be: values by key, and keys that are not concluded on."""
        rules = self.env["xero.mapping"]._actions(connection, "write_off")
        wanted, held = {}, set()
        for each in found:
            if each.is_held:
                held.add((each.document_id, each.entry_id))
                held.add((each.entry_id, each.document_id))
            elif each.row["entry_type"] in DOCUMENTS:
                wanted |= self._offset_values(each)
            else:
                wanted |= self._money_values(connection, each, known, rules)
        self._adopt(documents, known, wanted, held)
        return wanted | self._entryless_values(documents, known, wanted), held

    def _settle_parts(self, connection, moves, known, wanted, held):
        by_key = {part._key(): part for part in known}
        changed = self.browse()
        for part in known.filtered(lambda each: each._xero_subject() in moves):
            if part._key() not in wanted and not part._is_held(held) and part.wanted:
                part.wanted = False
                changed |= part
        new = []
        for key, values in wanted.items():
            part = by_key.get(key)
            if part is None:
                new.append(values | {"connection_id": connection.id})
            elif part._differs(values):
                part.write(values)
                changed |= part
        return changed | self.create(new)

    def _is_held(self, held):
        """While its document or its entry is a draft, a part stays as it is."""
        states = {self.document_id.state, self.counterpart_move_id.state}
        pair = (self.document_id.id, self.counterpart_move_id.id)
        return pair in held or "draft" in states

    def _differs(self, values):
        return any(not _same(plain(self[name]), now) for name, now in values.items())

    def _have_planned(self, connection, parts, changed, by_user):
        """Links of those that changed, and of those that were stopped before."""
        links = self.env["xero.link"]
        known = links._live_for(parts, connection)
        ours = parts._xero_in_scope(connection)
        again = parts.filtered(
            lambda part: (
                (part in changed and (part in ours or part.id in known))
                or (part in ours and part.id not in known)
                or (part.id in known and known[part.id].state != "synced")
            )
        )
        again._supersede_withdrawn(known)
        self._settle_gone(changed, known)
        self._look_after_answer(changed, known)
        for resource, some in again.grouped(lambda p: p._xero_resource()).items():
            found = links._ensure_pending(connection, resource, some.ids, by_user)
            found.filtered(
                lambda link: link.state == "pending" and not link.request_id
            ).waiting_for = "plan"

    @api.model
    def _look_after_answer(self, changed, known):
        """What changed while it was on its way is looked at once more afterwards; what
        did not go yet is planned anew instead."""
        changed.filtered(
            lambda part: part.id in known and known[part.id].request_id
        )._xero_touch()

    @api.model
    def _settle_gone(self, changed, known):
        """What Xero deleted and Odoo has undone is agreed on."""
        ended = changed.filtered(lambda part: not part.wanted and part.id in known)
        links = self.env["xero.link"].union(*(known[part.id] for part in ended))
        gone = links.filtered(lambda link: link.state == "gone")
        self.env["xero.note"]._settle(gone)

    def _supersede_withdrawn(self, known):
        """What we took out of Xero and is wanted again becomes a new one there."""
        for part in self.filtered("wanted"):
            link = known.get(part.id)
            if link and link.state == "gone" and link.fingerprint == "withdrawn":
                link._supersede()

    def _xero_is_of(self, moves):
        """Whether this one part settles one of these, or is settled by one."""
        return bool((self.document_id | self.counterpart_move_id) & moves)

    def _xero_touching(self):
        """What is looked at again when these parts are."""
        return self.document_id

    @api.model
    def _end_orphans(self, connection):
        """Parts whose document was deleted settle nothing any more."""
        orphans = self.search(
            [
                ("connection_id", "=", connection.id),
                ("document_id", "=", False),
                ("wanted", "=", True),
                "|",
                ("kind", "!=", "overpayment"),
                ("counterpart_move_id", "=", False),
            ]
        )
        orphans.wanted = False
        self._have_planned(connection, orphans, orphans, by_user=False)


def _same(before, now):
    if isinstance(now, float):
        return abs((before or 0.0) - now) < 0.00001
    return (before or False) == (now or False)
