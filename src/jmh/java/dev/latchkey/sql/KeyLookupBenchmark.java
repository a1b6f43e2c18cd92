package dev.latchkey.sql;

import dev.latchkey.sql.database.DatabaseOpener;
import dev.latchkey.sql.database.Database;
import dev.latchkey.accesskey.AccessKey;
import dev.latchkey.accesskey.AccessKeySettings;
import dev.latchkey.scope.ScopeSet;
import dev.latchkey.accesskey.SecretHash;
import dev.latchkey.accesskey.StoredSecret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Finding one key, at random, in a SQLite file. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class KeyLookupBenchmark {
    private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);

    @Param({"10", "10000"})
    public int keys;

    private Path folder;
    private SqlStore store;
    private List<String> ids;

    @Setup
    public void fill() throws IOException {
        folder = Files.createTempDirectory("latchkey-jmh");
        store = SqlStore.open(folder.resolve("jmh.db").toString(), SqlStore.Mode.CREATE);
        dev.latchkey.scope.Scope scope = new dev.latchkey.scope.Scope("bench", "", NOW, "bench");
        store.scopes().insert(List.of(scope), List.of());
        ids = new ArrayList<>();
        List<AccessKey> added = new ArrayList<>();
        AccessKeySettings settings = AccessKeySettings.named("bench", ScopeSet.of(List.of("bench")));
        StoredSecret secret = new StoredSecret(SecretHash.of("secret"), "cret", NOW, null, null);
        for (int i = 0; i < keys; i++) {
            String id = String.format(Locale.ROOT, "key%06d", i);
            ids.add(id);
            added.add(new AccessKey(id, settings, List.of(secret), NOW, "bench", NOW, null, 1));
        }
        try (Database database = DatabaseOpener.open(folder.resolve("jmh.db").toString(), false, null)) {
            database.change(connection -> new AccessKeyWriter(database.dialect()).insert(connection, added, Set.of()));
        }
    }

    @TearDown
    public void delete() throws IOException {
        store.close();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }

    @Benchmark
    public Optional<AccessKey> find() {
        return store.accessKeys().find(ids.get(ThreadLocalRandom.current().nextInt(ids.size())));
    }
}
