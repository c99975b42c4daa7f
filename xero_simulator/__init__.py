"""A simulated Xero: strict, stateful and able to fail in every known way.

Start one in a thread with :func:`xero_simulator.server.serve`, or as a process with
``python -m xero_simulator``. Steer it with :class:`xero_simulator.control.Control`.
It knows nothing of Odoo and nothing of the connector.
"""
