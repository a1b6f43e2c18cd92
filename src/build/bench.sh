# run.sh bench: what a start, tokens, memory and the online checks take. Read by run.sh.

bench() {
    if [ "${1:-}" = jmh ]; then
        shift
        local out=$root/target/jmh quick=()
        if [ -n "${BENCH_QUICK:-}" ]; then quick=(-wi 1 -w 1 -i 1 -r 1); fi
        locked maven -q -P jmh test-compile dependency:build-classpath -Dmdep.outputFile="$out/classpath"
        "$java" @"$jvm_flags" -cp "$out/test-classes:$out/classes:$(cat "$out/classpath")" \
            org.openjdk.jmh.Main ${quick[@]+"${quick[@]}"} "$@"
        return
    fi
    if [ "${1:-}" = postgres ] && [ -z "${BENCH_PG_PORT:-}" ]; then
        locked package_if_stale
        "$root/src/build/bench-postgres.sh" "$root/run.sh" "$@"
        return
    fi
    locked package_if_stale
    locked maven -q -Dspotless.check.skip=true test-compile
    # The measuring program reads JSON with the service's own classes, which the jar holds; the JUnit extension is beside it.
    "$java" -Dslf4j.internal.verbosity=ERROR -cp "$root/target/test-classes:$jar:$root/target/classes" dev.latchkey.bench.Bench \
        "$root/run.sh" "$jar" "$java" "@$jvm_flags" "$@"
}
