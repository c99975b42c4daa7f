"""The Xero side in plain Python: nothing in here imports Odoo.

Where to look:

* ``client``: every call to Xero, and what an answer looks like;
* ``oauth``, ``scopes``: permission to call;
* ``transport``: one HTTP exchange with one total time limit;
* ``errors``, ``elements``, ``messages``: what can go wrong, and what to say about it;
* ``wire``: models, dates and numbers as Xero writes them, and fingerprints;
* ``money``, ``fit``: what Xero will compute, and how to make it compute our totals;
* ``contacts``, ``matching``, ``sides``: contacts as plain fields, who is whom, and two
  sides that both changed;
* ``references``: account references from names; ``numbers``: numbers as people type
  them;
* ``batches``, ``webhooks``, ``deeplinks``: as their names say.

Everything imports its neighbours relatively, because the package is
``odoo.addons.xero_connector.lib`` in Odoo and ``lib`` in its own tests.
"""
