#!/usr/bin/env bash
# faults.sh [row...]: breaks PostgreSQL and what is before it while replicas are under load, and says what clients saw.
#
# Without a row, all of them: cut restart killed failover readonly timeout exhausted diskfull pgbouncer clock rotation
# versions. Needs PostgreSQL's programs, psql and curl; pgbouncer, faketime and the right to mount for the rows of these.
# OLD_JAR is an older latchkey.jar, for versions. Everything runs on 127.0.0.1 and ends with the script. A row fails when
# an answer was neither 200 nor 503, when an answered change is lost, or when a disabled key got a token.
set -euo pipefail
root=$(cd -P "$(dirname "$(realpath "${BASH_SOURCE[0]}")")/../.." && pwd)
# shellcheck source=postgres.sh
. "$root/src/build/postgres.sh"
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
latchkey=(${LATCHKEY:-"$java" -jar "$root/target/latchkey.jar"})
pids=() failed=0 rows=0
url() { echo "postgresql://postgres@127.0.0.1:${2:-$pg_port}/$1"; }

cleanup() {
    local pid
    for pid in "${pids[@]}"; do
        for child in $(pgrep -P "$pid") "$pid"; do kill -9 "$child" 2> /dev/null || true; done
    done
    if mountpoint -q "$pg_folder/small" 2> /dev/null; then pg_end_first=1; fi
    for each in "$pg_folder"/*/postmaster.pid; do [ -f "$each" ] && pg_stop "$(basename "$(dirname "$each")")" immediate; done
    if [ -n "${pg_end_first:-}" ]; then umount "$pg_folder/small" || true; fi
    pg_end
}
trap cleanup EXIT

# replica NAME PORT DATABASE_URL [COMMAND...]: starts one and waits for it.
replica() {
    local name=$1 port=$2 db=$3
    shift 3
    local command=("$@")
    : > "$pg_folder/$name.out"
    [ ${#command[@]} -gt 0 ] || command=("${latchkey[@]}")
    LATCHKEY_DB=$db LATCHKEY_OWNER_PASSWORD=owner-password-1 "${command[@]}" serve --port "$port" \
        --issuer http://localhost:18080 --seed "$seed" > "$pg_folder/$name.out" 2> "$pg_folder/$name.log" &
    pids+=($!)
    eval "pid_$name=$!"
    for _ in $(seq 600); do
        if grep -q ' is ready ' "$pg_folder/$name.out"; then return; fi
        sleep 0.1
    done
    echo "the replica $name does not start:" >&2
    cat "$pg_folder/$name.log" >&2
    exit 1
}

# load URL...: begins, and comes back when changes are answered; mark; finish NAME says how it went.
load() {
    [ -e "$pg_folder/load" ] || "${java}c" -d "$pg_folder/load" "$root"/src/build/Fault*.java
    coproc LOAD { exec "$java" -cp "$pg_folder/load" FaultLoad "$@" 2> "$pg_folder/load.err"; }
    pids+=("$LOAD_PID")
    exec 7>&"${LOAD[1]}" 8<&"${LOAD[0]}"
    read -r -t 60 _ <&8 || { echo "the load does not begin: $(tail -n 2 "$pg_folder/load.err")" >&2 && exit 1; }
    sleep 3
}
mark() { echo mark >&7; }
finish() {
    local line=""
    echo end >&7
    read -r -t 120 line <&8 || line="the load did not end: $(tail -n 2 "$pg_folder/load.err")"
    exec 7>&- 8<&-
    wait "$LOAD_PID" 2> /dev/null || true
    rows=$((rows + 1))
    printf '%s\n  %s\n' "$1" "$line"
    case $line in
        *"other: 0,"*"lost: 0, tokens of disabled keys: 0") ;;
        *)
            failed=$((failed + 1))
            echo "  FAILED"
            head -n 5 "$pg_folder/load.err"
            ;;
    esac
    for log in "$pg_folder"/?.log; do
        sed -n 's/^[^ ]* \(WARN\|ERROR\) \([0-9a-f]\{32\} \)\{0,1\}/log: \1 /p' "$log" | cut -c1-160 | sort | uniq -c | head -n 6
        if grep -qE '^[[:space:]]+at ' "$log"; then echo "  STACK TRACE in $log" && failed=$((failed + 1)); fi
    done
}
# ends PID...: with what each started.
ends() {
    local pid child
    for pid in "$@"; do
        for child in $(pgrep -P "$pid") "$pid"; do kill "$child" 2> /dev/null || true; done
        wait "$pid" 2> /dev/null || true
    done
    rm -f "$pg_folder"/?.log "$pg_folder"/?.out
}

databases=0
database() {
    databases=$((databases + 1))
    db=faults$databases
    pg_sql "$pg_port" postgres "CREATE DATABASE $db"
}

# one NAME FUNCTION: a row of one replica on a new database; two: of two.
one() {
    database
    replica a 18081 "$(url "$db")"
    load http://127.0.0.1:18081
    "$2"
    finish "$1"
    ends "$pid_a"
}

cut_connections() {
    for _ in 1 2 3; do
        pg_sql "$pg_port" postgres "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = '$db'" > /dev/null
        mark && sleep 1
    done
}
restart() { pg_stop main fast && sleep 1 && pg_start main "$pg_port" && mark && sleep 6; }
killed() {
    kill -9 "$(pg_pid main)"
    sleep 2
    rm -f "$pg_folder/main/postmaster.pid"
    pg_start main "$pg_port" && mark && sleep 6
}
readonly_server() {
    pg_sql "$pg_port" postgres "ALTER DATABASE $db SET default_transaction_read_only = on" \
        "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = '$db'" > /dev/null
    sleep 3
    pg_sql "$pg_port" postgres "ALTER DATABASE $db RESET default_transaction_read_only" \
        "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = '$db'" > /dev/null
    mark && sleep 4
}
statement_timeout() {
    pg_sql "$pg_port" postgres "ALTER DATABASE $db SET statement_timeout = '100ms'" \
        "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = '$db'" > /dev/null
    sleep 1
    pg_sql "$pg_port" "$db" "SET statement_timeout = 0; BEGIN; LOCK TABLE access_keys; SELECT pg_sleep(2); COMMIT" > /dev/null
    mark && sleep 3
}
disk_full() {
    local filler=$pg_folder/small/filler
    pg_sql "$pg_port" "$db" "ALTER TABLE access_keys SET TABLESPACE small" "ALTER TABLE audit_events SET TABLESPACE small" \
        "ALTER TABLE access_key_secrets SET TABLESPACE small"
    as_pg dd if=/dev/zero of="$filler" bs=1M count=64 2> /dev/null || true
    sleep 4
    rm -f "$filler"
    mark && sleep 4
}
rotate_and_kill() {
    local owner
    owner=$(curl -sS -u "$OWNER" -d 'grant_type=client_credentials&scope=latchkey:owner' http://127.0.0.1:18081/connect/token |
        sed 's/.*"access_token":"\([^"]*\)".*/\1/')
    curl -sS -o /dev/null -m 5 -H "Authorization: Bearer $owner" -H 'Content-Type: application/json' -d '{"now":true}' \
        http://127.0.0.1:18081/api/signing-keys/rotate &
    sleep "0.$((RANDOM % 3))"
    kill -9 "$pid_a"
    mark && sleep 5
    curl -sS -H "Authorization: Bearer $owner" http://127.0.0.1:18082/api/signing-keys |
        grep -o '"state" *: *"[a-z]*"' | sort | uniq -c | tr '\n' ' ' | sed 's/^/  signing keys:/; s/$/\n/'
}

row() {
    case $1 in
        cut) one "connections cut three times (pg_terminate_backend)" cut_connections ;;
        restart) one "server restarted, away for a second" restart ;;
        killed) one "server killed (-9), recovered after two seconds" killed ;;
        readonly) one "server read-only for three seconds" readonly_server ;;
        timeout) one "statement_timeout of 100 ms, the table locked for two seconds" statement_timeout ;;
        exhausted) row_exhausted ;;
        diskfull) row_disk_full ;;
        failover) row_failover ;;
        pgbouncer) row_pgbouncer ;;
        clock)
            two "one of two replicas is 30 s ahead" "faketime -f +30s" both_clocks
            ;;
        rotation)
            two "one of two replicas killed while it rotates the signing key" "" rotate_and_kill
            ;;
        versions) row_versions ;;
        *) echo "faults.sh has no row $1" >&2 && exit 2 ;;
    esac
}

# two NAME WRAPPER FUNCTION: the second replica is started by way of the wrapper.
two() {
    database
    replica a 18081 "$(url "$db")"
    # shellcheck disable=SC2086 # several words in one variable
    replica b 18082 "$(url "$db")" $2 "${latchkey[@]}"
    load http://127.0.0.1:18081 http://127.0.0.1:18082
    "$3"
    finish "$1"
    ends "$pid_a" "$pid_b"
}

# A token of each is active at the other.
both_clocks() {
    local from to token
    for from in 18081 18082; do
        for to in 18081 18082; do
            token=$(curl -sS -u "$KEY" -d grant_type=client_credentials http://127.0.0.1:$from/connect/token |
                sed 's/.*"access_token":"\([^"]*\)".*/\1/')
            curl -sS -u "$KEY" -d "token=$token" http://127.0.0.1:$to/connect/introspect |
                sed "s/.*\"active\":\([a-z]*\).*/  a token of $from is active at $to: \1/" && echo
        done
    done
    sleep 3
}

row_exhausted() {
    database
    pg_sql "$pg_port" postgres "DROP ROLE IF EXISTS few" "CREATE ROLE few LOGIN"
    pg_sql "$pg_port" "$db" "GRANT ALL ON SCHEMA public TO few"
    replica a 18081 "postgresql://few@127.0.0.1:$pg_port/$db"
    load http://127.0.0.1:18081
    pg_sql "$pg_port" postgres "ALTER ROLE few CONNECTION LIMIT 1" \
        "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = '$db'" > /dev/null
    sleep 4
    pg_sql "$pg_port" postgres "ALTER ROLE few CONNECTION LIMIT 0" \
        "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = '$db'" > /dev/null
    sleep 2
    pg_sql "$pg_port" postgres "ALTER ROLE few CONNECTION LIMIT -1"
    mark && sleep 5
    finish "connections exhausted: one left for four seconds, none for two"
    ends "$pid_a"
}

row_disk_full() {
    mkdir -p "$pg_folder/small"
    if ! mount -t tmpfs -o size=48m tmpfs "$pg_folder/small" 2> /dev/null; then
        echo "disk full: not run, mounting is not allowed here" && return
    fi
    chown postgres "$pg_folder/small"
    as_pg mkdir -p "$pg_folder/small/space"
    pg_sql "$pg_port" postgres "CREATE TABLESPACE small LOCATION '$pg_folder/small/space'"
    one "disk full for four seconds" disk_full
    pg_sql "$pg_port" postgres "DROP DATABASE $db WITH (FORCE)" "DROP TABLESPACE small"
    umount "$pg_folder/small"
}

row_failover() {
    local standby=$((pg_port + 1))
    database
    pg_sql "$pg_port" postgres "ALTER SYSTEM SET synchronous_standby_names = '*'"
    rm -rf "$pg_folder/standby"
    as_pg "$pg_bin/pg_basebackup" -h 127.0.0.1 -p "$pg_port" -U postgres -D "$pg_folder/standby" -R -X stream -c fast
    pg_start standby "$standby"
    pg_sql "$pg_port" postgres "SELECT pg_reload_conf()" > /dev/null
    pg_sql "$pg_port" postgres "SELECT '  standby: ' || state || ', ' || sync_state FROM pg_stat_replication"
    replica a 18081 "postgresql://postgres@127.0.0.1:$pg_port,127.0.0.1:$standby/$db"
    replica b 18082 "jdbc:postgresql://127.0.0.1:$pg_port,127.0.0.1:$standby/$db?user=postgres&targetServerType=primary"
    load http://127.0.0.1:18081 http://127.0.0.1:18082
    kill -9 "$(pg_pid main)"
    sleep 3
    # What promotes it waits for nobody: the standby of this one is gone.
    as_pg tee -a "$pg_folder/standby/postgresql.auto.conf" > /dev/null <<< "synchronous_standby_names = ''"
    as_pg "$pg_bin/pg_ctl" -D "$pg_folder/standby" reload > /dev/null
    as_pg "$pg_bin/pg_ctl" -D "$pg_folder/standby" -w promote > /dev/null
    mark
    sleep 10
    finish "failover to a synchronous standby, promoted after three seconds"
    ends "$pid_a" "$pid_b"
    pg_stop standby immediate
    rm -f "$pg_folder/main/postmaster.pid"
    as_pg sh -c "grep -v synchronous_standby_names '$pg_folder/main/postgresql.auto.conf' > '$pg_folder/main.auto'; cp '$pg_folder/main.auto' '$pg_folder/main/postgresql.auto.conf'"
    pg_start main "$pg_port"
}

# Sets pid.
bouncer_start() {
    rm -f "$pg_folder/pgbouncer.pid"
    as_pg pgbouncer -q -d "$pg_folder/pgbouncer.ini"
    for _ in $(seq 50); do
        if [ -s "$pg_folder/pgbouncer.pid" ]; then break; fi
        sleep 0.1
    done
    pid=$(cat "$pg_folder/pgbouncer.pid")
    pids+=("$pid")
}

row_pgbouncer() {
    if ! command -v pgbouncer > /dev/null; then echo "PgBouncer restarted: not run, no pgbouncer here" && return; fi
    local bouncer=$((pg_port + 2)) pid
    database
    printf '[databases]\n* = host=127.0.0.1 port=%s\n[pgbouncer]\nlisten_addr = 127.0.0.1\nlisten_port = %s\nunix_socket_dir =\npidfile = %s\nlogfile = %s\nauth_type = any\npool_mode = transaction\ndefault_pool_size = 8\nignore_startup_parameters = extra_float_digits\n' \
        "$pg_port" "$bouncer" "$pg_folder/pgbouncer.pid" "$pg_folder/pgbouncer.log" | sed 's/^\* = .*/& user=postgres/' | as_pg tee "$pg_folder/pgbouncer.ini" > /dev/null
    bouncer_start
    replica a 18081 "$(url "$db" "$bouncer")"
    load http://127.0.0.1:18081
    kill -9 "$pid"
    sleep 1
    bouncer_start
    mark && sleep 6
    finish "PgBouncer $(pgbouncer --version | head -n 1 | cut -d' ' -f2) in transaction mode, restarted"
    ends "$pid_a" "$pid"
}

# The older one serves, the newer one upgrades the schema beside it, then the older one is replaced.
row_versions() {
    if [ -z "${OLD_JAR:-}" ]; then echo "two versions: not run, OLD_JAR is not set" && return; fi
    database
    replica a 18081 "jdbc:postgresql://127.0.0.1:$pg_port/$db?user=postgres" "$java" -jar "$OLD_JAR"
    echo "  the schema's version before: $(pg_sql "$pg_port" "$db" 'SELECT value FROM latchkey WHERE name = '\''version'\''')"
    load http://127.0.0.1:18081
    replica b 18082 "$(url "$db")"
    echo "  the schema's version after: $(pg_sql "$pg_port" "$db" 'SELECT value FROM latchkey WHERE name = '\''version'\''')"
    mark && sleep 5
    finish "the schema upgraded by a newer replica while an older one serves"
    load http://127.0.0.1:18081 http://127.0.0.1:18082
    sleep 4
    finish "replicas of two versions at once"
    ends "$pid_a" "$pid_b"
}

export KEY=load:load-secret-load-secret-load-secret OWNER=owner:owner-secret-owner-secret-owner-secret
seed='{"scopes":[{"name":"fx","description":""}],"keys":[{"id":"load","secret":"'${KEY#*:}'","name":"load","scopes":["fx"]},{"id":"owner","secret":"'${OWNER#*:}'","name":"owner","scopes":["latchkey:owner"]}]}'
pg_init main
pg_start main "$pg_port"
for each in "${@:-all}"; do
    if [ "$each" = all ]; then
        for row in cut restart killed failover readonly timeout exhausted diskfull pgbouncer clock rotation versions; do row "$row"; done
    else
        row "$each"
    fi
done
echo "$rows rows, $failed failed"
[ "$failed" = 0 ]
