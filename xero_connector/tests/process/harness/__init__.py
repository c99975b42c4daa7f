"""Faults in the real thing: a server process with its job runner, killed and cut off.

Everything here runs outside Odoo's transactions: a database of its own per module, a
server that is a process, users who log in over HTTP and a simulated Xero in a thread.
"""
