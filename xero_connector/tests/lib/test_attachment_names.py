import pytest

from odoo.addons.xero_connector.lib.attachment_names import file_name


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("INV/2026/00001.pdf", "INV-2026-00001.pdf"),
        ('a<b>:"c"|d?*+.pdf', "a-b-c-d-.pdf"),
        ("  ", "document"),
        ("x" * 300 + ".pdf", "x" * 251 + ".pdf"),
    ],
)
def test_names_without_what_xero_refuses(name, clean):
    """N14: the document keeps its name as far as Xero allows."""
    assert file_name(name) == clean
