# PostgreSQL servers of this script's own, on 127.0.0.1, in a folder that goes with it. Read by faults.sh and bench.sh.
# PG_BIN names the folder of PostgreSQL's programs where Debian's place for them is not it.

pg_folder=$(mktemp -d "${TMPDIR:-/tmp}/latchkey-postgres.XXXXXX")
pg_bin=${PG_BIN:-$(ls -d /usr/lib/postgresql/*/bin 2> /dev/null | sort -V | tail -n 1)}
pg_port=${PG_PORT:-15430}

# PostgreSQL refuses to run as root.
as_pg() {
    if [ "$(id -u)" = 0 ]; then
        setpriv --reuid postgres --regid postgres --clear-groups env HOME="$pg_folder" "$@"
    else
        "$@"
    fi
}

# pg_init NAME: an empty server's files. pg_conf NAME LINE...: more of its settings.
pg_init() {
    [ -x "$pg_bin/initdb" ] || { echo "no PostgreSQL found: apt-get install postgresql, or set PG_BIN" >&2; exit 1; }
    if [ "$(id -u)" = 0 ]; then chown postgres "$pg_folder"; fi
    as_pg "$pg_bin/initdb" -D "$pg_folder/$1" -A trust -U postgres --locale=C.UTF-8 -E UTF8 > /dev/null
    pg_conf "$1" "listen_addresses = '127.0.0.1'" "unix_socket_directories = ''" "max_connections = 200"
}

pg_conf() {
    local name=$1
    shift
    printf '%s\n' "$@" | as_pg tee -a "$pg_folder/$name/postgresql.conf" > /dev/null
}

# pg_start NAME PORT. pg_stop NAME fast|immediate
pg_start() { as_pg "$pg_bin/pg_ctl" -D "$pg_folder/$1" -o "-p $2" -l "$pg_folder/$1.log" -w start > /dev/null; }
pg_stop() { as_pg "$pg_bin/pg_ctl" -D "$pg_folder/$1" -m "$2" -w stop > /dev/null 2>&1 || true; }
pg_pid() { head -n 1 "$pg_folder/$1/postmaster.pid"; }

# pg_sql PORT DATABASE STATEMENT...
pg_sql() {
    local port=$1 database=$2 statements=() each
    shift 2
    for each in "$@"; do statements+=(-c "$each"); done
    psql -X -q -A -t -v ON_ERROR_STOP=1 -h 127.0.0.1 -p "$port" -U postgres -d "$database" "${statements[@]}"
}

pg_end() {
    local each
    for each in "$pg_folder"/*/postmaster.pid; do
        [ -f "$each" ] && pg_stop "$(basename "$(dirname "$each")")" immediate
    done
    rm -rf "${pg_folder:?}"
}
