"""A demonstration through real HTTP: Odoo, its job runner and a simulated Xero.

``scripts/demo`` and ``scripts/serve`` start it. Everything is done as people would:
two users log in to Odoo, one allows access in Xero, documents are posted, jobs send
them. At the end both ledgers are read independently and compared to the cent.
"""
