#!/usr/bin/env bash
# bench-postgres.sh RUN_SH ARGS...: runs `RUN_SH bench ARGS` beside a PostgreSQL server of its own. Called by bench.sh.
set -euo pipefail
# shellcheck source=postgres.sh
. "$(dirname "$(realpath "$0")")/postgres.sh"
trap pg_end EXIT
pg_init main
# A million keys and their indexes are 1 GB, and in the cache of a server that is fit for them.
pg_conf main "shared_buffers = 1536MB" "max_wal_size = 4GB" "shared_preload_libraries = 'pg_stat_statements'"
pg_start main "$pg_port"
pg_sql "$pg_port" postgres "CREATE DATABASE bench"
BENCH_PG_PORT=$pg_port BENCH_PG_PID=$(pg_pid main) "$1" bench "${@:2}"
