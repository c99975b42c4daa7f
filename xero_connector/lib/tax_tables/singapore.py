"""Singapore: ``l10n_sg`` (accounting.md 3.5).

Codes that end in Y23, and IMINPUT2, belong to former rates: used for those only.
"""

from .suggestion import high, low, medium, none

_NOT_EQUAL = "xero_has_zero"
_ONE_CODE = "two_taxes_one_code"

TAXES = {
    "sg_sale_tax_sr_9": high("OUTPUTY24"),
    "sg_sale_tax_sr_8": medium("OUTPUTY23", "former_rate"),
    "sg_sale_tax_sr_7": medium("OUTPUT", "former_rate"),
    "sg_sale_tax_zr_0": high("ZERORATEDOUTPUT"),
    "sg_sale_tax_es_0": high("ES33OUTPUT"),
    "sg_sale_tax_esn_0": high("ESN33OUTPUT"),
    "sg_sale_tax_ds_9": high("DSOUTPUTY24"),
    "sg_sale_tax_ds_8": high("DSOUTPUTY23"),
    "sg_sale_tax_ds_7": high("DSOUTPUT"),
    "sg_sale_tax_os_0": high("OSOUTPUT2"),
    "sg_sale_tax_srca_s_na": high("SRCAS"),
    "sg_sale_tax_srovr_rs_9": high("SROVRRSY24"),
    "sg_sale_tax_srovr_lvg_9": high("SROVRLVGY24"),
    "sg_sale_tax_srlvg_9": high("SRLVGY24"),
    "sg_sale_tax_srca_c_9": none("reverse_on_sales"),
    "sg_sale_tax_srrc_9": none("reverse_on_sales"),
    "sg_purchase_tax_tx8_9": high("INPUTY24"),
    "sg_purchase_tax_tx8_8": high("INPUTY23"),
    "sg_purchase_tax_tx7_7": high("INPUT"),
    "sg_purchase_tax_txn33_9": high("TXN33INPUTY24"),
    "sg_purchase_tax_txe33_9": high("TXESSINPUTY24"),
    "sg_purchase_tax_txre_9": high("TXREINPUTY24"),
    "sg_purchase_tax_zp_0": high("ZERORATEDINPUT"),
    "sg_purchase_tax_nr_0": high("NRINPUT"),
    "sg_purchase_tax_op_0": high("OPINPUT"),
    "sg_purchase_tax_ep_0": high("EPINPUT"),
    "sg_purchase_tax_mes_0": high("MEINPUT"),
    "sg_purchase_tax_bl_9": medium("BLINPUT3Y24", "cost_is_gross"),
    "sg_purchase_tax_igds_9": low("IGDSINPUT2Y24", _NOT_EQUAL),
    "sg_purchase_tax_im_9": low("IMY24", _NOT_EQUAL),
    "sg_purchase_tax_im_ess_9": low("IMESSY24", _NOT_EQUAL),
    "sg_purchase_tax_im_n33_9": low("IMN33Y24", _NOT_EQUAL),
    "sg_purchase_tax_im_re_9": low("IMREY24", _NOT_EQUAL),
    "sg_purchase_tax_txca_9": low("TXCAY24", _NOT_EQUAL),
    "sg_purchase_tax_txrc_ts_9": low("TXRCTSY24", _ONE_CODE),
    "sg_purchase_tax_txrc_ess_9": low("TXRCESSY24", _ONE_CODE),
    "sg_purchase_tax_txrc_n33_9": low("TXRCN33Y24", _ONE_CODE),
    "sg_purchase_tax_txrc_re_9": low("TXRCREY24", _ONE_CODE),
}

NO_TAX_SALE = NO_TAX_PURCHASE = medium("NONE", "leaves_the_return")
