# shellcheck shell=bash
# PostgreSQL: a private cluster for this checkout alone, reached through a
# socket file and never through a port, so that clones cannot collide.
#
# FOR TESTS AND DEMONSTRATIONS ONLY: it trusts whoever may open the socket
# (you, and root) and runs with fsync=off, so a power cut can lose everything.

PG_OPTIONS=(
    -c listen_addresses= -c unix_socket_permissions=0700
    -c fsync=off -c synchronous_commit=off -c full_page_writes=off
    -c max_connections=200 -c shared_buffers=256MB
)

# The server refuses to run as root: then user postgres runs it.
as_server_user() {
    if [[ $EUID -eq 0 ]]; then
        (cd / && runuser -u postgres -- "$@")
    else
        "$@"
    fi
}

# Where the cluster lives: in the checkout, unless user postgres cannot get
# there (mktemp -d makes folders that only root may enter).
cluster_folder() {
    local folder=$RUN_DIR/postgresql
    if as_server_user test -x "$RUN_DIR"; then
        echo "$folder"
    else
        echo "/var/lib/xero-connector/$(checkout_key)"
    fi
}

checkout_key() { sha256sum <<<"$REPOSITORY" | cut -c 1-12; }

# A socket's path may have 107 bytes, and clones live in long temporary folders.
socket_folder() {
    local cluster=$1
    if [[ ${#cluster} -le 90 ]]; then
        echo "$cluster"
    else
        echo "/tmp/xero-connector-$EUID-$(checkout_key)"
    fi
}

# Clusters outside their checkout outlive it: remove those whose checkout is gone.
remove_orphans() {
    local file folder
    for file in /var/lib/xero-connector/*/checkout; do
        folder=${file%/checkout}
        [[ ! -f $file || -d $(<"$file") ]] && continue
        stop_server "$folder/data"
        rm -rf "$folder"
    done
}

make_server_folder() {
    local folder=$1
    mkdir -p "$folder"
    [[ $EUID -ne 0 ]] || chown postgres: "$folder"
    chmod 700 "$folder"
}

# Folder of the server programs: those that made the data, or the newest.
server_programs() {
    local data=$1 programs
    programs=/usr/lib/postgresql/$(cat "$data/PG_VERSION" 2>/dev/null || true)/bin
    [[ -x $programs/pg_ctl ]] ||
        programs=$(find /usr/lib/postgresql -path '*/bin/pg_ctl' -printf '%h\n' | sort -V | tail -n 1)
    echo "$programs"
}

# Written by the server of another major version that is gone: of no use.
discard_foreign_data() {
    local data=$1 programs=$2
    [[ -d $data ]] || return 0
    [[ $programs == "/usr/lib/postgresql/$(<"$data/PG_VERSION")/bin" ]] || rm -rf "$data"
}

# The name "data" appears only when initdb is through.
create_cluster() {
    local data=$1 programs=$2
    rm -rf "$data.new"
    as_server_user "$programs/initdb" --pgdata="$data.new" --username=odoo --auth=trust \
        --encoding=UTF8 --locale=C.UTF-8 --no-sync
    mv -T "$data.new" "$data"
}

# Print the number of the server process that works in DATA, if any. After a
# reboot or a kill -9 the number in postmaster.pid may be another program's.
server_process() {
    local data=$1 pid
    [[ -f $data/postmaster.pid ]] || return 0
    pid=$(head -n 1 "$data/postmaster.pid")
    [[ $(readlink "/proc/$pid/cwd" || true) != "$data" ]] || echo "$pid"
}

stop_server() {
    local pid
    pid=$(server_process "$1")
    [[ -n $pid ]] || return 0
    kill -INT "$pid" # fast shutdown: sessions are closed
    timeout 30 tail --pid="$pid" -f /dev/null
}

# The server would take the file of a dead one for a living one's.
forget_dead_server() {
    local data=$1 socket=$2
    [[ -n $(server_process "$data") ]] || rm -f "$data/postmaster.pid" "$socket"/.s.PGSQL.*
}

# Processes of a killed server may need a moment to notice and go. The server
# must not inherit our lock, nor our output: a pipe's reader would wait for it.
start_server() {
    local data=$1 socket=$2 programs=$3
    for _ in 1 2 3 4 5; do
        forget_dead_server "$data" "$socket"
        # shellcheck disable=SC2154 # scripts/prepare opened them
        if as_server_user "$programs/pg_ctl" --pgdata="$data" --log="$data/server.log" \
            --wait --timeout=60 -o "-k $socket ${PG_OPTIONS[*]}" start \
            {checkout_lock}>&- {terminal}>&-; then
            return 0
        fi
        sleep 2
    done
    tail -n 20 "$data/server.log"
    return 1
}

write_down_place() {
    cat >"$RUN_DIR/postgresql.env.new" <<END
# Written by scripts/steps/postgresql.sh.
export PRIVATE_PGHOST=$(printf %q "$2") PRIVATE_PGDATA=$(printf %q "$1")
END
    mv "$RUN_DIR/postgresql.env.new" "$RUN_DIR/postgresql.env"
}

private_cluster() {
    local cluster socket data programs
    cluster=$(cluster_folder)
    socket=$(socket_folder "$cluster")
    data=$cluster/data
    [[ ${PRIVATE_PGHOST:-} == "$socket" ]] && pg_isready --quiet && return
    say "PostgreSQL: starting this checkout's own server in $cluster"
    advise "see $data/server.log; removing $cluster (as root) starts over, without its databases"
    programs=$(server_programs "$data")
    log remove_orphans
    log make_server_folder "$cluster"
    log make_server_folder "$socket"
    echo "$REPOSITORY" >"$cluster/checkout"
    log discard_foreign_data "$data" "$programs"
    [[ -d $data ]] || log create_cluster "$data" "$programs"
    log stop_server "$data" # alive, but deaf: its checkout was moved
    log start_server "$data" "$socket" "$programs"
    write_down_place "$data" "$socket"
}

using_private_cluster() { [[ $PGHOST == "${PRIVATE_PGHOST:-}" ]]; }

step_postgresql() {
    if using_private_cluster; then
        private_cluster
    else
        advise "start the PostgreSQL at PGHOST=$PGHOST with a role that may create databases, or unset PGHOST"
        log psql --dbname=postgres --command="SELECT 1"
    fi
}
