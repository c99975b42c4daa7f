# shellcheck shell=bash
# The virtual environment: Debian's Python with the packages that Odoo, the
# addon and the tests need.

# Changes whenever the environment has to be made anew or completed.
python_fingerprint() {
    {
        echo "$REPOSITORY $ODOO_PYTHON_PATH"
        /usr/bin/python3 --version
        cat "$REPOSITORY"/{requirements,test-requirements,scripts/constraints}.txt
    } | sha256sum | cut -d ' ' -f 1
}

# A folder moved or killed half-way has no working pip: start over.
create_environment() {
    if ! "$VENV/bin/python" -m pip --version >/dev/null 2>&1 ||
        ! grep -qxF "command = /usr/bin/python3 -m venv --clear $VENV" "$VENV/pyvenv.cfg"; then
        /usr/bin/python3 -m venv --clear "$VENV"
    fi
}

# The addons of OCA ask for a distribution "odoo" that PyPI does not have, so
# they come without their dependencies, which requirements.txt names.
install_requirements() {
    local pip=("$VENV/bin/python" -m pip --disable-pip-version-check install
        --constraint "$REPOSITORY/scripts/constraints.txt") addons
    mapfile -t addons < <(grep '^odoo-addon' "$REPOSITORY/requirements.txt")
    "${pip[@]}" -r <(grep -v '^odoo-addon' "$REPOSITORY/requirements.txt") \
        -r "$REPOSITORY/test-requirements.txt"
    "${pip[@]}" --no-deps "${addons[@]}"
}

# "import odoo" works wherever .venv/bin/python runs, also without env.sh.
show_odoo_to_python() {
    local packages
    packages=$("$VENV/bin/python" -c 'import sysconfig; print(sysconfig.get_path("purelib"))')
    echo "$ODOO_PYTHON_PATH" >"$packages/odoo-home.pth"
}

step_python() {
    local fingerprint
    fingerprint=$(python_fingerprint)
    [[ -f $VENV/prepared && $(<"$VENV/prepared") == "$fingerprint" ]] && return
    say "Python: installing the packages of requirements.txt and test-requirements.txt"
    advise "check that pip reaches PyPI, or remove $VENV and run again"
    log create_environment
    log install_requirements
    log show_odoo_to_python
    echo "$fingerprint" >"$VENV/prepared"
}
