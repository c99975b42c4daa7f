from harness.fixtures import companies, company, template  # noqa: F401
