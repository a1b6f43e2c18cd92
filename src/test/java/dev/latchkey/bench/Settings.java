package dev.latchkey.bench;

/**
 * How long and how often to measure, from the environment: {@code BENCH_SECONDS}, {@code BENCH_RUNS}, {@code BENCH_KEYS}, and {@code
 * BENCH_QUICK=1} for about a minute of it all.
 *
 * @param quick only to see that everything runs
 * @param seconds of load in a run
 * @param warmSeconds of load before the first run of a service
 * @param memorySeconds of load before memory is looked at
 * @param limitSeconds that openssl takes
 * @param runs of what counts most: starts, and tokens at 16 connections
 * @param otherRuns of the rest
 * @param many rows in the large stores; at most a million, which is what a key's number has room for
 */
record Settings(
        boolean quick,
        int seconds,
        int warmSeconds,
        int memorySeconds,
        int limitSeconds,
        int runs,
        int otherRuns,
        int many) {
    static Settings ofEnvironment() {
        boolean quick = number("BENCH_QUICK", 0) != 0;
        int seconds = number("BENCH_SECONDS", quick ? 2 : 6);
        int runs = number("BENCH_RUNS", quick ? 2 : 5);
        return new Settings(
                quick,
                seconds,
                quick ? 1 : 2 * seconds,
                quick ? 5 : 60,
                quick ? 1 : 3,
                runs,
                quick ? 1 : Math.min(runs, 3),
                number("BENCH_KEYS", quick ? 100_000 : 1_000_000));
    }

    private static int number(String name, int otherwise) {
        String value = System.getenv(name);
        return value == null || value.isEmpty() ? otherwise : Integer.parseInt(value);
    }
}
