"""How the simulated Xero behaves; plain pytest, no Odoo."""
