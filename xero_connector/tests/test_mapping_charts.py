"""Each country's chart against its organisation: every tax gets what the tables say."""

import logging

from odoo.tests import tagged

from ..lib import tax_tables
from .common import XeroCase

_logger = logging.getLogger(__name__)

#: Chart template and seed of each country.
CHARTS = {
    "GB": ("uk", "uk"),
    "AU": ("au", "au"),
    "NZ": ("nz", "nz"),
    "SG": ("sg", "sg"),
    "ZA": ("za", "za"),
    "US": ("us", "us"),
}

#: What the tables of accounting.md 3 say where every rate is there, written out once
#: more: template id to Xero's code and the confidence: H, M, L, - (none) or A (archived
#: there).
WANTED = {
    "GB": """
        ST11 OUTPUT2 H, ST5 RROUTPUT H, ST0 ZERORATEDOUTPUT H, ST2 EXEMPTOUTPUT H,
        ST_0_EX ZERORATEDOUTPUT M, ST_20_RCD DRCHARGESUPPLY20 M, ST4 ECZROUTPUT M,
        PT_20_G INPUT2 H, PT_20_S INPUT2 H, PT5 RRINPUT H, PT2 EXEMPTINPUT H,
        PT_0_EX ZERORATEDINPUT M, PT_20_RCI REVERSECHARGES M, PT_20_RCD DRCHARGE20 M,
        PT_20_PVA ZERORATEDINPUT L, PT8 ECACQUISITIONS M, PT7 ECZRACQUISITIONS M
    """,
    "AU": """
        au_tax_sale_10 OUTPUT H, au_tax_sale_exempt EXEMPTOUTPUT H,
        au_tax_sale_0 EXEMPTEXPORT H, au_tax_sale_input INPUTTAXED H,
        au_tax_purchase_10_service INPUT H,
        au_tax_purchase_capital_service CAPEXINPUT H,
        au_tax_purchase_0_service EXEMPTEXPENSES H,
        au_tax_purchase_taxable_import_service BASEXCLUDED M,
        au_tax_purchase_gst_only_service GSTONIMPORTS M,
        au_tax_purchase_input_service INPUTTAXED L,
        au_tax_purchase_private_service BASEXCLUDED L,
        au_tax_purchase_adj_service - -, au_tax_sale_adj - -,
        au_tax_witheld - -, au_tax_payg_w3 - -, au_tax_sale_payg_i - -,
        au_tax_sale_payg_w - -, au_tax_sale_fbt - -, au_tax_sale_ftc - -,
        au_tax_sale_lct - -, au_tax_sale_wet - -,
        au_tax_purchase_10_service_tpar INPUT M,
        au_tax_purchase_capital_service_tpar CAPEXINPUT M,
        au_tax_purchase_0_service_tpar EXEMPTEXPENSES M,
        au_tax_purchase_taxable_import_service_tpar BASEXCLUDED M,
        au_tax_purchase_gst_only_service_tpar GSTONIMPORTS M,
        au_tax_purchase_input_service_tpar INPUTTAXED L,
        au_tax_purchase_private_service_tpar BASEXCLUDED L,
        au_tax_purchase_adj_service_tpar - -,
        au_tax_purchase_10_service_tpar_no_abn INPUT L,
        au_tax_purchase_capital_service_tpar_no_abn CAPEXINPUT L,
        au_tax_purchase_0_service_tpar_no_abn EXEMPTEXPENSES L,
        au_tax_purchase_taxable_import_service_tpar_no_abn BASEXCLUDED L,
        au_tax_purchase_gst_only_service_tpar_no_abn GSTONIMPORTS L,
        au_tax_purchase_input_service_tpar_no_abn INPUTTAXED L,
        au_tax_purchase_private_service_tpar_no_abn BASEXCLUDED L,
        au_tax_purchase_adj_service_tpar_no_abn - -
    """,
    "NZ": """
        nz_tax_sale_15 OUTPUT2 H, nz_tax_sale_0 ZERORATED H,
        nz_tax_purchase_15 INPUT2 H, nz_tax_purchase_0 NONE M,
        nz_tax_purchase_taxable_import NONE M,
        nz_tax_purchase_gst_only GSTONIMPORTS M
    """,
    "SG": """
        sg_sale_tax_sr_9 OUTPUTY24 H, sg_sale_tax_sr_8 OUTPUTY23 A,
        sg_sale_tax_sr_7 OUTPUT A, sg_sale_tax_zr_0 ZERORATEDOUTPUT H,
        sg_sale_tax_es_0 ES33OUTPUT H, sg_sale_tax_esn_0 ESN33OUTPUT H,
        sg_sale_tax_ds_9 DSOUTPUTY24 H, sg_sale_tax_ds_8 DSOUTPUTY23 A,
        sg_sale_tax_ds_7 DSOUTPUT A, sg_sale_tax_os_0 OSOUTPUT2 H,
        sg_sale_tax_srca_s_na SRCAS H, sg_sale_tax_srovr_rs_9 SROVRRSY24 H,
        sg_sale_tax_srovr_lvg_9 SROVRLVGY24 H, sg_sale_tax_srlvg_9 SRLVGY24 H,
        sg_sale_tax_srca_c_9 - -, sg_sale_tax_srrc_9 - -,
        sg_purchase_tax_tx8_9 INPUTY24 H, sg_purchase_tax_tx8_8 INPUTY23 A,
        sg_purchase_tax_tx7_7 INPUT A, sg_purchase_tax_txn33_9 TXN33INPUTY24 H,
        sg_purchase_tax_txe33_9 TXESSINPUTY24 H, sg_purchase_tax_txre_9 TXREINPUTY24 H,
        sg_purchase_tax_zp_0 ZERORATEDINPUT H, sg_purchase_tax_nr_0 NRINPUT H,
        sg_purchase_tax_op_0 OPINPUT H, sg_purchase_tax_ep_0 EPINPUT H,
        sg_purchase_tax_mes_0 MEINPUT H, sg_purchase_tax_bl_9 BLINPUT3Y24 M,
        sg_purchase_tax_igds_9 IGDSINPUT2Y24 L, sg_purchase_tax_im_9 IMY24 L,
        sg_purchase_tax_im_ess_9 IMESSY24 L, sg_purchase_tax_im_n33_9 IMN33Y24 L,
        sg_purchase_tax_im_re_9 IMREY24 L, sg_purchase_tax_txca_9 TXCAY24 L,
        sg_purchase_tax_txrc_ts_9 TXRCTSY24 L, sg_purchase_tax_txrc_ess_9 TXRCESSY24 L,
        sg_purchase_tax_txrc_n33_9 TXRCN33Y24 L, sg_purchase_tax_txrc_re_9 TXRCREY24 L
    """,
    "ZA": """
        ST1 OUTPUT3 H, ST1A SROUTPUT2 H, ST2 ZERORATED H, ST2A ZERORATEDOUTPUT H,
        ST3 EXEMPTOUTPUT H, ST5 ACC28PLUS M, ST7 ACCUPTO28 M, ST10 OUTPUT4 M,
        ST12 - -, PT15 INPUT3 H, PT14 CAPEXINPUT2 H, PT15A IMINPUT L,
        PT14A GSTONCAPIMPORTS L, PT16 INPUT4 M, PT17 BADDEBT M, PT18 - -
    """,
    "US": """
        account_tax_us_sale_0 NONE M, account_tax_us_sale_6_25 TAX009 M,
        account_tax_us_sale_4 - -, account_tax_us_sale_2_9 - -,
        account_tax_us_purchase_6_25 NONE L, account_tax_us_purchase_7_25 NONE L
    """,
}
CONFIDENCES = {"H": "high", "M": "medium", "L": "low", "-": "none", "A": "none"}


@tagged("post_install", "-at_install")
class TestCharts(XeroCase):
    def company_of(self, country):
        """A company with the country's chart; the tests' own for the United Kingdom."""
        chart, _seed = CHARTS[country]
        if country == "GB":
            return self.company
        company = self.env["res.company"].create(
            {
                "name": f"Company of {country}",
                "country_id": self.env.ref(f"base.{country.lower()}").id,
            }
        )
        self.accountant.company_ids += company
        self.env["account.chart.template"].try_loading(
            chart, company, install_demo=False
        )
        return company

    def connected(self, country):
        company = self.company_of(country)
        self.xero.reset((CHARTS[country][1],))
        taxes = self.env["account.tax"].with_context(active_test=False)
        taxes.search([("company_id", "=", company.id)]).active = True
        return self.consent(
            self.new_connection(company_id=company.id, send_bills=True)
        ).sudo()

    def suggested(self, connection):
        """Template id to row, for the taxes of the company's chart."""
        rows = connection.mapping_ids.filtered(lambda row: row.kind == "tax")
        ids = rows.tax_id.get_external_id()
        prefix = f"account.{connection.company_id.id}_"
        return {
            ids[row.tax_id.id].removeprefix(prefix): row
            for row in rows
            if ids[row.tax_id.id].startswith(prefix)
        }

    def check(self, country, connection=None):
        connection = connection or self.connected(country)
        self.assertFalse(connection.problem)
        rows = self.suggested(connection)
        listed = tax_tables.COUNTRIES[country].TAXES
        wanted = [line.split() for line in WANTED[country].split(",")]
        for template, tax_type, letter in wanted:
            row = rows.pop(template)
            with self.subTest(country=country, tax=template):
                rate = row.xero_tax_rate_id or row.suggested_rate_id
                found = "-" if letter == "A" else tax_type
                self.assertEqual(rate.tax_type or "-", found)
                self.assertEqual(letter == "A", row.remark_key == "archived_rate")
                self.assertEqual(row.confidence, CONFIDENCES[letter])
                self.assertEqual(bool(row.xero_tax_rate_id), letter in "HM")
                self.assertTrue(letter in "HM" or row.remark)
        for template in rows.keys() - set(listed):
            with self.subTest(country=country, unlisted=template):
                self.assertFalse(rows[template].suggested_rate_id)
                self.assertEqual(rows[template].confidence, "none")
                self.assertTrue(rows[template].remark)
        unlisted = sorted(rows.keys() - set(listed))
        _logger.info("%s: unlisted taxes: %s", country, ", ".join(unlisted) or "none")
        return connection, rows

    def test_united_kingdom(self):
        """S89, T20, T21, N31: the tables of 3.2, every tax of the chart."""
        connection, rest = self.check("GB")
        self.assertFalse(rest)
        postponed = self.suggested(connection)["PT_20_PVA"]
        self.assertEqual(postponed.xero_action, "postponed")
        self.assertTrue(postponed.delicate)

    def test_australia(self):
        """S89, T22, T23, T25, T29, N31: the tables of 3.3, and the codes for assets."""
        connection, rest = self.check("AU")
        self.assertFalse(rest)
        rows = self.suggested(connection)
        for template, action in (
            ("au_tax_purchase_gst_only_service", "import_tax"),
            ("au_tax_purchase_private_service", "gross"),
            ("au_tax_witheld", "withhold"),
            ("au_tax_purchase_10_service", "rate"),
        ):
            self.assertEqual(rows[template].xero_action, action)

    def test_australia_on_simpler_bas(self):
        """S89: where the rates for exports and capital are absent, the next best."""
        connection = self.connected("AU")
        rows = self.suggested(connection)
        rates = self.env["xero.tax.rate"].search(
            [
                ("connection_id", "=", connection.id),
                ("tax_type", "in", ("EXEMPTEXPORT", "CAPEXINPUT", "INPUTTAXED")),
            ]
        )
        rates.active = False
        rows = {
            template: rows[template]
            for template in (
                "au_tax_sale_0",
                "au_tax_purchase_capital_service",
                "au_tax_sale_input",
            )
        }
        for row in rows.values():
            row.write(
                {"xero_tax_rate_id": False, "confidence": "none"},
            )
        self.env["xero.mapping"]._suggest(connection)
        found = [
            (row.xero_tax_rate_id.tax_type, row.confidence) for row in rows.values()
        ]
        self.assertEqual(
            found, [("EXEMPTOUTPUT", "medium"), ("INPUT", "medium"), (False, "none")]
        )

    def test_new_zealand(self):
        """S89, T24, N31: zero-rated purchases take no ZERORATED, which is refused."""
        _connection, rest = self.check("NZ")
        self.assertFalse(rest)

    def test_singapore(self):
        """S89, T25, T34, N31: three rates of the tax, each with its codes."""
        _connection, rest = self.check("SG")
        self.assertTrue(rest)

    def test_south_africa(self):
        """S89, N31: exported goods are ZERORATEDOUTPUT, other zero-rated ZERORATED."""
        _connection, rest = self.check("ZA")
        self.assertFalse(rest)

    def test_united_states(self):
        """S89, T26, N31: rates that the firm made are found by their percentage."""
        connection = self.connected("US")
        for name in ("Massachusetts 6.25%", "6.25% state"):
            self.add_rate(connection, name, 6.25)
        connection._read_lists()
        self.check("US", connection)

    def test_a_missing_american_rate_is_made_by_a_button(self):
        """S90: firms make their own rates there; the list is read again."""
        connection = self.connected("US")
        row = self.suggested(connection)["account_tax_us_sale_7_25"]
        self.assertFalse(row.is_mapped)
        row.with_user(self.accountant).action_create_in_xero()
        self.assertEqual(row.xero_tax_rate_id.effective_rate, 7.25)
        self.assertTrue(row.xero_tax_rate_id.tax_type.startswith("TAX"))

    def test_odoos_example_chart(self):
        """S89: whoever has 15 % everywhere has not set taxes up; nothing is filled."""
        CHARTS["US"] = ("generic_coa", "us")
        self.addCleanup(CHARTS.update, US=("us", "us"))
        rows = self.suggested(self.connected("US"))
        for template in ("sale_tax_template", "purchase_tax_template"):
            self.assertEqual(rows[template].suggested_rate_id.tax_type, "TAX005")
            self.assertEqual(rows[template].confidence, "low")
            self.assertFalse(rows[template].xero_tax_rate_id)
        self.assertEqual(
            rows["sale_export_tax_template"].xero_tax_rate_id.tax_type, "NONE"
        )

    def add_rate(self, connection, name, percent):
        """What the firm's adviser does in Xero."""
        component = {"Name": "State", "Rate": percent}
        rate = {"Name": name, "ReportTaxType": "OUTPUT", "TaxComponents": [component]}
        connection._call(
            "create_tax_rates", {"TaxRates": [rate]}, idempotency_key=f"rate {name}"
        )
