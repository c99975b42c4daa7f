"""The access that a Xero user granted: one row per grant, rotated by whoever needs it.

A grant covers every organisation that this user connected with this app, so several
connections may share it. The row is only ever written through a cursor of its own:
a rotated refresh token must be saved whatever becomes of the caller's transaction.
"""

import logging
from contextlib import contextmanager
from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from ..fields import Secret, decrypt, encrypt
from ..lib import errors, oauth

_logger = logging.getLogger(__name__)

#: Refresh this long before Xero would refuse, so that a call never meets the edge.
_MARGIN = timedelta(minutes=2)

REFUSALS = [
    ("revoked", "Xero no longer accepts our access"),
    ("scope", "A permission is missing"),
    ("client", "Xero does not know the client id or secret"),
]


class XeroToken(models.Model):
    _name = "xero.token"
    _description = "Xero Grant"
    _log_access = False

    client_id = fields.Char(required=True, readonly=True)
    xero_user = fields.Char("Xero User ID", required=True, readonly=True)
    connection_ids = fields.One2many("xero.connection", "token_id")
    access_token = Secret(groups="base.group_system", readonly=True)
    refresh_token = Secret(groups="base.group_system", readonly=True)
    expires_at = fields.Datetime(readonly=True)
    scope = fields.Char(readonly=True)
    refused = fields.Selection(REFUSALS, readonly=True)
    refused_at = fields.Datetime(readonly=True)

    _grant_uniq = models.UniqueIndex("(client_id, xero_user)")

    @api.model
    def _grant(self, client_id, token):
        """Store the grant of a consent; the same user's earlier one is replaced.

        :param token: ``lib.oauth.Token`` of the code exchange
        :return: Xero's id of the user, by which the committed row is found
        """
        user = oauth.claims(token.access_token).get("xero_userid") or "unknown"
        with self._own_cursor() as cr:
            cr.execute(
                SQL(
                    "INSERT INTO xero_token (client_id, xero_user) VALUES (%s, %s)"
                    " ON CONFLICT (client_id, xero_user)"
                    " DO UPDATE SET client_id = EXCLUDED.client_id RETURNING id",
                    client_id,
                    user,
                )
            )
            [token_id] = cr.fetchone()
            self._save(cr, token_id, token)
        return user

    def _access_token(self, rejected=None):
        """A valid access token, refreshed when needed; single-flight across processes.

        The lock is taken in one cursor and the row read in a second one opened
        afterwards: a snapshot taken before the wait would show the old token.

        :param rejected: an access token that Xero just refused, not to be returned
        :raises errors.AccessRevoked: the user must connect again
        :raises errors.NotSent: Xero's identity service could not be reached
        """
        self.ensure_one()
        current = self._read_fresh(rejected)
        if current:
            return current
        with self._own_cursor() as lock:
            lock.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_LOCK, self.id])
            token, refusal = self._read_fresh(rejected), None
            if not token:
                token, refusal = self._refresh()
        if refusal:
            raise errors.AccessRevoked(refusal.message) from refusal
        return token

    def _read_fresh(self, rejected=None):
        """The stored access token if it is still good, read in a new transaction."""
        with self._own_cursor() as cr:
            cr.execute(
                "SELECT access_token, refused FROM xero_token WHERE id = %s"
                " AND (expires_at > %s OR refused IS NOT NULL)",
                [self.id, fields.Datetime.now() + _MARGIN],
            )
            row = cr.fetchone()
        if row and row[1]:
            raise errors.AccessRevoked(dict(REFUSALS)[row[1]])
        token = decrypt(row[0]) if row else None
        return token if token != rejected else None

    def _refresh(self):
        """Exchange the refresh token; called under the lock.

        An error answer never overwrites a token. When the answer is lost, the same
        refresh token works again for 30 minutes.

        :return: pair of (access token or None, the refusal or None)
        """
        with self._own_cursor() as cr:
            cr.execute("SELECT refresh_token FROM xero_token WHERE id = %s", [self.id])
            refresh_token = decrypt(cr.fetchone()[0])
            app = self.sudo().connection_ids[:1]._app()
            try:
                token = oauth.refresh(app, refresh_token or "")
            except (oauth.InvalidGrant, oauth.InvalidClient) as error:
                refusal = error
            except oauth.TokenUnavailable as error:
                raise errors.NotSent(error.message, advice=error.advice) from error
            else:
                self._save(cr, self.id, token)
                return token.access_token, None
        client = isinstance(refusal, oauth.InvalidClient)
        self._refuse("client" if client else "revoked")
        return None, refusal

    def _save(self, cr, token_id, token):
        cr.execute(
            "UPDATE xero_token SET access_token = %s, refresh_token = %s,"
            " expires_at = %s, scope = COALESCE(%s, scope),"
            " refused = NULL, refused_at = NULL WHERE id = %s",
            [
                encrypt(token.access_token),
                encrypt(token.refresh_token),
                token.expires_at.replace(tzinfo=None),
                token.scope or None,
                token_id,
            ],
        )

    def _refuse(self, why):
        """Remember that Xero ended this grant; every connection shows it."""
        with self._own_cursor() as cr:
            cr.execute(
                "UPDATE xero_token SET refused = %s, refused_at = %s"
                " WHERE id = %s AND refused IS NULL",
                [why, fields.Datetime.now(), self.id],
            )
        self.invalidate_recordset()

    def _forget(self):
        """Clear the tokens of a grant that we gave back."""
        with self._own_cursor() as cr:
            cr.execute(
                "UPDATE xero_token SET access_token = NULL, refresh_token = NULL,"
                " expires_at = NULL, scope = NULL WHERE id = %s",
                [self.id],
            )

    @contextmanager
    def _own_cursor(self):
        """A transaction of its own, committed at the end."""
        with self.env.registry.cursor() as cr:
            yield cr


#: First half of the advisory lock key; the row's id is the second.
_LOCK = 0x7865726F  # "xero"
