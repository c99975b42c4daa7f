# shellcheck shell=bash
# Where everything is. Sourced by every script; changes nothing on the machine.
#
# From outside you may set:
#   ODOO_HOME  an Odoo 19 source tree, or an unpacked Debian package odoo-19
#   PGHOST     (PGPORT, PGUSER, PGPASSWORD) a PostgreSQL that you run yourself
#   XDG_CACHE_HOME  where downloads and the unpacked Odoo are kept between clones

REPOSITORY=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
CACHE=${XDG_CACHE_HOME:-$HOME/.cache}/xero-connector
VENV=$REPOSITORY/.venv
RUN_DIR=$REPOSITORY/.run
export REPOSITORY CACHE VENV RUN_DIR

# --- Odoo: a source tree (odoo-bin) or an unpacked package (usr/bin/odoo) ----
export ODOO_HOME=${ODOO_HOME:-$CACHE/odoo-19}
if [[ -f $ODOO_HOME/odoo-bin ]]; then
    ODOO_PROGRAM=$ODOO_HOME/odoo-bin
    ODOO_PYTHON_PATH=$ODOO_HOME
    ODOO_ADDONS=$ODOO_HOME/odoo/addons,$ODOO_HOME/addons
else
    ODOO_PROGRAM=$ODOO_HOME/usr/bin/odoo
    ODOO_PYTHON_PATH=$ODOO_HOME/usr/lib/python3/dist-packages
    ODOO_ADDONS=$ODOO_PYTHON_PATH/odoo/addons
fi
export ODOO_PROGRAM ODOO_PYTHON_PATH ODOO_ADDONS
export ODOO_RC=$RUN_DIR/odoo.conf
export PATH=$VENV/bin:$PATH

# --- PostgreSQL: yours when PGHOST is set, otherwise this checkout's own -----
# scripts/steps/postgresql.sh chose the place and wrote it down in the file.
# PRIVATE_PGHOST tells that PGHOST is ours, also in a script started by another.
if [[ -z ${PGHOST:-} || $PGHOST == "${PRIVATE_PGHOST:-}" ]]; then
    unset PGHOST PRIVATE_PGHOST PRIVATE_PGDATA
    # shellcheck source=/dev/null
    [[ ! -f $RUN_DIR/postgresql.env ]] || source "$RUN_DIR/postgresql.env"
    export PGHOST=${PRIVATE_PGHOST:-} PGPORT=5432 PGUSER=odoo
fi
