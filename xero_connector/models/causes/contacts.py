"""What keeps a customer or supplier out, found before sending."""

from odoo.tools import LazyTranslate

from .cause import Cause

_lt = LazyTranslate(__name__)

CAUSES = {
    "contact_name_missing": Cause(
        "contact",
        _lt("A customer has no name."),
        _lt("Give it one; its invoices follow by themselves."),
    ),
    "contact_name_long": Cause(
        "contact",
        _lt("The name of %(name)s has more than 255 characters."),
        _lt("Shorten it; Xero takes no longer names."),
    ),
    "contact_email_invalid": Cause(
        "contact",
        _lt("'%(email)s' is not one plain e-mail address."),
        _lt("Xero takes a single address without umlauts. Correct it."),
    ),
    "contact_comes_from_xero": Cause(
        "contact",
        _lt("%(name)s is not in Xero, and contacts come from there."),
        _lt("Create the contact in Xero, or link this one to it."),
        opens="link",
    ),
    "contact_group": Cause(
        "contact",
        _lt("%(name)s is in none of the groups that go to Xero: %(groups)s."),
        _lt("Give it one of these tags; its invoices follow by themselves."),
    ),
    "contact_doubtful": Cause(
        "contact",
        _lt("%(name)s may be in Xero already, as %(other)s."),
        _lt("Say whether they are the same. Its invoices wait for that."),
        opens="match",
    ),
    "contact_conflict": Cause(
        "contact",
        _lt("%(name)s was changed in Odoo and in Xero: %(fields)s."),
        _lt("Choose which counts. Until then each side keeps its own."),
        opens="compare",
    ),
    "contact_not_taken": Cause(
        "contact",
        _lt("Odoo did not accept what Xero says of %(name)s."),
        _lt("Correct it on either side: %(reason)s"),
        opens="compare",
    ),
    "contact_merged": Cause(
        "contact",
        _lt("%(name)s was merged into %(other)s in Xero."),
        _lt("Merge the two contacts in Odoo as well. Documents go to the other then."),
    ),
    "account_ref_missing": Cause(
        "contact",
        _lt("%(name)s has no account reference."),
        _lt("Type one that nobody else has, on the contact."),
    ),
    "account_ref_elsewhere": Cause(
        "contact",
        _lt("%(number)s, the account reference of %(name)s, is %(other)s in Xero."),
        _lt("Link the two if they are the same, or choose another reference."),
        opens="link",
    ),
    "account_ref_archived": Cause(
        "contact",
        _lt("%(number)s belongs to %(other)s, which is archived in Xero."),
        _lt("Restore that contact in Xero and link it, or choose another reference."),
    ),
}
