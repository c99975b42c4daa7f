# shellcheck shell=bash
# Debian packages: which are missing, and how to install them.

DEBIAN_PACKAGES=(
    python3-venv # the virtual environment, with Debian's own Python
    chromium     # browser tests; Odoo finds it by itself
    libmagic1    # python-magic, which Odoo uses to tell file types
)

# Print those of the named packages that are not installed.
missing_packages() {
    local package
    for package in "$@"; do
        dpkg-query -W -f '${Status}' "$package" 2>/dev/null |
            grep -q '^install ok installed$' || echo "$package"
    done
}

# Run a command as root: directly, or through sudo.
as_root() {
    if [[ $EUID -eq 0 ]]; then
        "$@"
    elif command -v sudo >/dev/null; then
        sudo "$@"
    else
        return 127
    fi
}

# Two clones may do this at once: wait for the other's lock on dpkg.
apt_install() {
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y \
        -o DPkg::Lock::Timeout=600 -o Dpkg::Use-Pty=0 \
        install --no-install-recommends "$@"
}

# The server, any version of it; its client programs alone for a server of yours.
postgresql_packages() {
    if using_private_cluster; then
        compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || echo postgresql
    else
        command -v psql >/dev/null || echo postgresql-client
    fi
}

step_debian() {
    local missing
    mapfile -t missing < <(
        missing_packages "${DEBIAN_PACKAGES[@]}"
        postgresql_packages
    )
    [[ ${#missing[@]} -eq 0 ]] && return
    say "Debian: installing ${missing[*]}"
    advise "install these Debian packages yourself: ${missing[*]}"
    log as_root apt-get -q -o DPkg::Lock::Timeout=600 update
    log apt_install "${missing[@]}"
}
