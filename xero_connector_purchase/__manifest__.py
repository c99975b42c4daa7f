{
    "name": "Xero Connector: Purchase Orders",
    "summary": "Confirmed purchase orders in step with Xero",
    "version": "19.0.1.0.0",
    "category": "Accounting/Accounting",
    "license": "LGPL-3",
    "author": "Xero Connector contributors, Odoo Community Association (OCA)",
    "website": "https://github.com/OCA/account-invoicing",
    "depends": ["xero_connector", "purchase"],
    "data": [
        "security/ir.model.access.csv",
        "security/xero_security.xml",
        "data/mail_activity_type_data.xml",
        "views/purchase_order_views.xml",
        "views/xero_connection_views.xml",
    ],
    "assets": {
        "web.assets_tests": ["xero_connector_purchase/static/tests/tours/**/*"],
    },
    "uninstall_hook": "uninstall_hook",
    "auto_install": ["xero_connector", "purchase"],
    "installable": True,
}
