"""The simulator, and what clients send, against Xero's own OpenAPI documents."""
