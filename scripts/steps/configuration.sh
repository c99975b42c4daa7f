# shellcheck shell=bash
# Odoo's configuration file, which ODOO_RC names to every Odoo program.

# Folders that hold addons: this checkout, Odoo's own, and those of PyPI's.
addons_path() {
    echo "$REPOSITORY,$ODOO_ADDONS,$("$VENV/bin/python" -c '
import sysconfig
print(sysconfig.get_path("purelib"))')/odoo/addons"
}

write_configuration() {
    cat >"$ODOO_RC.new" <<END
; Written by scripts/steps/configuration.sh: edits are lost.
[options]
addons_path = $(addons_path)
data_dir = $RUN_DIR/odoo
server_wide_modules = base,rpc,web,queue_job
http_interface = 127.0.0.1
END
    mv "$ODOO_RC.new" "$ODOO_RC"
}

step_configuration() {
    [[ $ODOO_RC -nt $VENV/prepared ]] && grep -qF "= $REPOSITORY,$ODOO_ADDONS," "$ODOO_RC" && return
    say "Odoo: writing its configuration, $ODOO_RC"
    log write_configuration
}
