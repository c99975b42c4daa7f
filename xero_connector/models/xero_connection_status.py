"""What the connection's screen says: its state, and the facts that matter."""

from odoo import api, fields, models, tools


class XeroConnection(models.Model):
    _inherit = "xero.connection"

    state = fields.Selection(
        [
            ("draft", "Not connected"),
            ("connected", "Connected"),
            ("broken", "Access lost"),
            ("disconnected", "Disconnected"),
        ],
        compute="_compute_state",
        compute_sudo=True,
    )
    state_message = fields.Char(compute="_compute_state", compute_sudo=True)

    facts = fields.Char(compute="_compute_facts", compute_sudo=True)
    last_contact = fields.Datetime(related="organisation_ids.last_contact")
    day_calls_left = fields.Integer("Calls Left Today", compute="_compute_budget")
    day_calls_limit = fields.Integer(compute="_compute_budget")
    day_calls_used = fields.Integer("Calls Used Today", compute="_compute_budget")
    day_calls_reserve = fields.Integer(compute="_compute_budget")
    paused = fields.Char(compute="_compute_budget")
    runner_missing = fields.Boolean(compute="_compute_runner_missing")
    unmapped_count = fields.Integer(compute="_compute_counts")
    waiting_count = fields.Integer(compute="_compute_counts")
    synced_count = fields.Integer(compute="_compute_counts")
    attention_count = fields.Integer(compute="_compute_counts")
    trial_count = fields.Integer(compute="_compute_counts")

    # === COMPUTE METHODS === #

    @api.depends(
        "token_id.refused",
        "organisation_ids.refused",
        "tenant_id",
        "disconnected_at",
        "is_copy",
    )
    def _compute_state(self):
        for connection in self:
            state, message = connection._state_and_message()
            connection.state = state
            connection.state_message = message

    def _state_and_message(self):
        if self.disconnected_at:
            return "disconnected", self.env._(
                "Odoo neither sends nor reads. What is in Xero stays."
            )
        if not self.tenant_id or not self.token_id:
            return "draft", False
        refused = self.token_id.refused or self.organisation_id.refused
        if refused:
            since = self.token_id.refused_at or self.organisation_id.refused_at
            return "broken", self._broken_message(refused, since)
        return "connected", False

    def _broken_message(self, refused, since):
        reasons = {
            "revoked": self.env._("Xero no longer accepts our access."),
            "client": self.env._("Xero does not know the client id or secret."),
            "scope": self.env._("A permission that Odoo needs was not given."),
            "disconnected": self.env._(
                "Someone removed Odoo in Xero's connected apps."
            ),
        }
        return self.env._(
            "%(reason)s Since %(since)s documents wait here; nothing is lost."
            " Someone with a Xero log-in must connect again.",
            reason=reasons[refused],
            since=tools.format_datetime(self.env, since, dt_format="short"),
        )

    def _compute_facts(self):
        """Country, currency, tax basis, lock date and the like in one line."""
        for connection in self:
            organisation = connection.organisation_id
            facts = [organisation._country_name(), organisation.base_currency]
            if organisation.is_demo:
                facts.append(self.env._("Xero's demo company, for trying out"))
            facts += organisation._tax_notices()
            if organisation.lock_date:
                facts.append(
                    self.env._(
                        "locked up to %s",
                        tools.format_date(self.env, organisation.lock_date),
                    )
                )
            if connection._customers_pay_online():
                facts.append(
                    self.env._(
                        "your customers can pay in Odoo: do not send them Xero's"
                        " payment link as well"
                    )
                )
            connection.facts = " · ".join(filter(None, facts))

    def _customers_pay_online(self):
        """Whether Odoo's portal takes payments; two buttons are paid twice (T60)."""
        if "payment.provider" not in self.env:
            return False
        enabled = [
            ("company_id", "=", self.sudo().company_id.id),
            ("state", "=", "enabled"),
        ]
        return bool(self.env["payment.provider"].sudo().search_count(enabled, limit=1))

    def _compute_budget(self):
        for connection in self:
            budget = connection.sudo().budget_ids[:1]
            connection.day_calls_left = budget.day_left
            connection.day_calls_limit = budget.day_limit
            connection.day_calls_used = budget.day_limit - budget.day_left
            connection.day_calls_reserve = budget.reserve if budget else 0
            connection.paused = connection._paused_message(budget)

    def _paused_message(self, budget):
        if budget._at_reserve():
            return self.env._(
                "%(left)s calls are left today and kept for people. Background work"
                " continues by itself when Xero's day has turned.",
                left=budget.day_left,
            )
        if budget._wait(by_user=True):
            until = tools.format_datetime(
                self.env, budget.paused_until, dt_format="short"
            )
            return self.env._("Xero takes no more calls before %s.", until)
        return False

    def _compute_runner_missing(self):
        self.runner_missing = not self._runner_alive()

    def _compute_counts(self):
        groups = self.env["xero.link"]._read_group(
            [
                ("connection_id", "in", self.ids),
                ("superseded_by_id", "=", False),
                ("resource", "in", self._document_resources()),
            ],
            ["connection_id", "state"],
            ["__count"],
        )
        counts = {(connection.id, state): n for connection, state, n in groups}
        for connection in self:

            def count(*states, connection=connection):
                return sum(counts.get((connection.id, state), 0) for state in states)

            connection.waiting_count = count("pending")
            connection.synced_count = count("synced")
            connection.attention_count = count("error", "blocked")
            connection.trial_count = connection._trial_sent()
            connection.unmapped_count = len(
                connection.mapping_ids.filtered_domain(
                    [("is_mapped", "=", False), ("is_needed", "=", True)]
                )
            )
