{
    "name": "Bare Route",
    "summary": "A route that inserts one row: what webhooks are measured against",
    "version": "19.0.1.0.0",
    "license": "LGPL-3",
    "author": "Xero Connector",
    "depends": ["base"],
}
