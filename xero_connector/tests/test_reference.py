"""Copies of Xero's lists: read at any time, nothing lost, nothing written in vain."""

from odoo.tests import tagged

from .common import XeroCase

LISTS = (
    "xero.account",
    "xero.tax.rate",
    "xero.currency",
    "xero.tracking.category",
    "xero.tracking.option",
    "xero.branding.theme",
    "xero.item",
)


@tagged("post_install", "-at_install")
class TestReference(XeroCase):
    def setUp(self):
        super().setUp()
        self.connection = self.connect()

    def refresh(self):
        self.connection.with_user(self.accountant).action_refresh_reference_data()
        self.env.invalidate_all()

    def copies(self, model, **values):
        """The copies with these values, archived ones too."""
        domain = [(name, "=", value) for name, value in values.items()]
        own = [("connection_id", "=", self.connection.id)]
        return self.env[model].with_context(active_test=False).search(own + domain)

    def change(self, operation, *args, **parameters):
        """Something that a person does in Xero."""
        return self.connection._call(operation, *args, **parameters)

    def places(self):
        """Where PostgreSQL keeps each row: every write moves it."""
        self.env.flush_all()
        places = {}
        for model in (*LISTS, "xero.mapping", "xero.request"):
            table = self.env[model]._table
            self.env.cr.execute(f"SELECT id, ctid::text FROM {table} ORDER BY id")
            places[model] = self.env.cr.fetchall()
        return places

    def test_seven_calls_read_everything(self):
        """S21, S68, S86, S92, S96: one read for each list, and the organisation."""
        for model in LISTS[:-1]:
            self.assertTrue(self.copies(model), model)
        before = self.xero.reads()
        self.refresh()
        self.assertEqual(self.xero.reads() - before, 7)

    def test_a_refresh_without_news_writes_nothing(self):
        """S21: not a row of a copy, a mapping or History moves."""
        self.refresh()
        before = self.places()
        self.refresh()
        self.assertEqual(self.places(), before)

    def test_a_rate_keeps_what_it_is_made_of(self):
        """S91, T19: a reverse charge is a charge and its reversal."""
        rate = self.copies("xero.tax.rate", tax_type="REVERSECHARGES")
        self.assertEqual([part["rate"] for part in rate.components], [20.0, -20.0])
        self.assertEqual(
            set(rate.components[0]),
            {
                "name",
                "rate",
                "compound",
                "non_recoverable",
            },
        )

    def test_what_cannot_be_used_says_why(self):
        """T34, T26: archived and deleted rates stay, so that documents can say it."""
        reasons = {
            rate.tax_type: rate.inactive_reason
            for rate in self.copies("xero.tax.rate", active=False)
        }
        self.assertEqual(reasons["SROUTPUT"], "deleted")
        self.assertEqual(reasons["CAPEXINPUT"], "archived")
        active = self.copies("xero.tax.rate", active=True)
        self.assertEqual(set(active.mapped("inactive_reason")), {False})

    def test_options_belong_to_their_category(self):
        """S95, S96: by id and by name."""
        region = self.copies("xero.tracking.category", name="Region")
        names = region.option_ids.mapped("name")
        self.assertEqual(names, ["Eastside", "North", "South", "West Coast"])
        self.assertEqual(len(set(region.option_ids.mapped("key"))), 4)

    def test_an_archived_category_takes_its_options_along(self):
        """S96: they stay, and say that they cannot be used."""
        region = self.copies("xero.tracking.category", name="Region")
        self.change(
            "update_tracking_category",
            region.key,
            {"Name": "Region", "Status": "ARCHIVED"},
        )
        self.refresh()
        self.assertEqual(region.inactive_reason, "archived")
        options = self.copies("xero.tracking.option", category_id=region.id)
        self.assertEqual(set(options.mapped("inactive_reason")), {"archived"})
        self.assertEqual(set(options.mapped("active")), {False})

    def test_what_xero_has_no_more_is_archived_and_comes_back(self):
        """S21: nothing is lost, whatever happens there."""
        option = self.copies("xero.tracking.option", name="North")
        category = option.category_id
        self.change("delete_tracking_options", category.key, option.key)
        self.refresh()
        self.assertEqual(option.inactive_reason, "gone")
        self.change("create_tracking_options", category.key, {"Name": "North"})
        self.refresh()
        names = self.copies("xero.tracking.option", name="North", active=True)
        self.assertEqual(len(names), 1)
        self.assertTrue(option.exists())

    def test_items_with_prices_and_accounts(self):
        """S77, S100, S106: what the import and the stock check look at."""
        self.change(
            "create_items",
            {
                "Items": [
                    {
                        "Code": "DESK",
                        "Name": "Desk",
                        "SalesDetails": {"UnitPrice": 12.3456, "AccountCode": "200"},
                    },
                    {
                        "Code": "LAMP",
                        "Name": "Lamp",
                        "InventoryAssetAccountCode": "630",
                        "PurchaseDetails": {"COGSAccountCode": "310"},
                    },
                ]
            },
            unitdp=4,
        )
        self.refresh()
        desk = self.copies("xero.item", code="DESK")
        self.assertEqual(desk.sales_price, 12.3456)
        self.assertEqual(desk.sales_account_code, "200")
        self.assertFalse(desk.tracked)
        self.assertTrue(self.copies("xero.item", code="LAMP").tracked)

    def test_users_cannot_type_into_the_copies(self):
        """S70, S96: only what was imported can be chosen."""
        for model in LISTS:
            with self.subTest(model=model):
                lists = self.env[model].with_user(self.accountant)
                self.assertTrue(lists.has_access("read"))
                for operation in ("write", "create", "unlink"):
                    self.assertFalse(lists.has_access(operation))
