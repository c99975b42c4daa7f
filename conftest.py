"""Three things that this repository's tests need from pytest.

* A run with skipped tests has not tested what it says: ``--fail-on-skip``.
* ``xero_connector/tests/lib`` runs without Odoo, so pytest must not import the
  addon above it.
* What a test has to say of its figures is printed at the end: the property ``said``.
"""

import pytest


def _in_addon(path, root):
    """Tell whether ``path`` is an Odoo addon's folder, or inside one."""
    folders = [path, *path.parents]
    return any(
        (folder / "__manifest__.py").is_file()
        for folder in folders[: folders.index(root)]
    )


def pytest_collect_directory(path, parent):
    """Collect an addon's folders as plain ones.

    pytest would import the ``__init__.py`` of a package before its tests, and an
    addon's says ``from . import models``, which only works inside Odoo. There,
    pytest-odoo imports each test module under its name in ``odoo.addons``.
    """
    if _in_addon(path, parent.config.rootpath):
        return pytest.Dir.from_parent(parent, path=path)
    return None


def pytest_addoption(parser):
    parser.addoption(
        "--fail-on-skip",
        action="store_true",
        help="Fail when any test was skipped, and name it.",
    )


def _skipped(config):
    """Return the reports of skipped tests and modules, of all workers."""
    terminal = config.pluginmanager.get_plugin("terminalreporter")
    if terminal is None or not config.getoption("--fail-on-skip"):
        return []
    return terminal.stats.get("skipped", [])


def pytest_sessionfinish(session):
    if session.exitstatus == 0 and _skipped(session.config):
        session.exitstatus = 1


def pytest_terminal_summary(terminalreporter, config):
    for report in _skipped(config):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else ""
        terminalreporter.write_line(f"FAILED {report.nodeid}: not run. {reason}")
    for report in terminalreporter.getreports("passed"):
        for name, value in report.user_properties:
            if name == "said":
                terminalreporter.write_line(value)
