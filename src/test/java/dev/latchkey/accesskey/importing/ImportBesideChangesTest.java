package dev.latchkey.accesskey.importing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.latchkey.accesskey.AccessKeySettings;
import dev.latchkey.accesskey.AccessKeys;
import dev.latchkey.accesskey.TokenSizeRule;
import dev.latchkey.audit.AuditEvent;
import dev.latchkey.error.ErrorKind;
import dev.latchkey.error.ServiceException;
import dev.latchkey.harness.MutableClock;
import dev.latchkey.json.JsonSyntaxException;
import dev.latchkey.permission.Actor;
import dev.latchkey.sql.SqlStore;
import dev.latchkey.sql.TestPostgres;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** An import whose keys others change while it runs; SQLite has one writer at a time, so that this is for PostgreSQL. */
@Tag("postgresql")
class ImportBesideChangesTest {
    private static final Actor OWNER = Actor.operator("test");

    @AutoClose
    private final SqlStore store = SqlStore.open(TestPostgres.newDatabaseUrl(), SqlStore.Mode.CREATE);

    private final MutableClock clock = new MutableClock(Instant.parse("2026-07-04T12:00:00Z"));
    private final TokenSizeRule anySize = new TokenSizeRule((id, settings) -> 0);
    private final AccessKeys keys = new AccessKeys(store.accessKeys(), store.scopes(), clock, anySize);
    private final AccessKeyImport imports = new AccessKeyImport(store.imports(), clock, anySize);

    @BeforeEach
    void aKey() throws JsonSyntaxException {
        run(300, () -> {});
    }

    @Test
    void aKeyThatIsChangedMeanwhile_isWorkedOutAnew_fromWhatItIsByThen() throws JsonSyntaxException {
        AtomicInteger tries = new AtomicInteger();

        run(301, () -> {
            if (tries.incrementAndGet() == 1) {
                keys.setEnabled(OWNER, "orders", false);
            }
        });

        AccessKeySettings settings = keys.get(OWNER, "orders").settings();
        assertThat(tries).hasValue(2);
        assertThat(settings.tokenLifetime()).isEqualTo(Duration.ofSeconds(301));
        assertThat(settings.enabled()).isFalse();
    }

    @Test
    void aKeyThatIsChangedAgainAndAgain_isAConflict_andAsTheOthersLeftIt() {
        AtomicInteger tries = new AtomicInteger();

        ServiceException failure = catchThrowableOfType(
                ServiceException.class,
                () -> run(301, () -> keys.setEnabled(OWNER, "orders", tries.incrementAndGet() % 2 == 0)));

        assertThat(failure.kind()).isEqualTo(ErrorKind.CONFLICT);
        assertThat(keys.get(OWNER, "orders").settings().tokenLifetime()).isEqualTo(Duration.ofMinutes(5));
    }

    private void run(int lifetimeSeconds, Runnable meanwhile) throws JsonSyntaxException {
        String document =
                "{\"scopes\":[{\"name\":\"fx\"}],\"keys\":[{\"id\":\"orders\",\"name\":\"n\",\"scopes\":[\"fx\"],"
                        + "\"token_lifetime\":" + lifetimeSeconds + "}]}";
        imports.run(
                OWNER,
                ImportSource.of(document.getBytes(StandardCharsets.UTF_8)),
                new AccessKeyImport.Rules(false, false),
                new ImportListener() {
                    @Override
                    public void keyChanged(AccessKeyImportPlan.Change change, List<AuditEvent> events) {
                        meanwhile.run();
                    }
                });
    }
}
