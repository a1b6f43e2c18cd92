package dev.latchkey.sql;

import static dev.latchkey.sql.Samples.event;
import static dev.latchkey.sql.Samples.key;
import static dev.latchkey.sql.Samples.scope;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.accesskey.AccessKey;
import dev.latchkey.accesskey.TokenSizeRule;
import dev.latchkey.accesskey.importing.AccessKeyImport;
import dev.latchkey.accesskey.importing.ImportListener;
import dev.latchkey.accesskey.importing.ImportTotals;
import dev.latchkey.permission.Actor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** An import whose process is killed (SIGKILL) when half of the keys are written has not happened. */
class KilledImportTest extends StoreContract {
    private static final int KEYS = 6_000;

    @Test
    void anImport_killedHalfWay_leavesTheStoreAsItWas_andIsWholeTheNextTime() throws Exception {
        AccessKey there = key("there", "fx");
        store.accessKeys().insert(there, List.of(scope("fx")), List.of(event("key.create", "there")));
        Path file = Files.writeString(folder.resolve("keys.json"), document());

        Process process = ImportingProcess.start(db(), file);
        assertThat(process.inputReader().readLine()).isEqualTo(ImportingProcess.HALF);
        process.destroyForcibly().waitFor();

        assertThat(store.accessKeys().all()).containsExactly(there);
        assertThat(store.scopes().all()).containsExactly(scope("fx"));
        assertThat(audited()).containsExactly("key.create there");

        AccessKeyImport imports =
                new AccessKeyImport(store.imports(), Clock.systemUTC(), new TokenSizeRule((id, settings) -> 0));
        AccessKeyImport.Rules rules = new AccessKeyImport.Rules(false, false).pruning();
        assertThat(imports.run(Actor.operator("test"), () -> Files.newInputStream(file), rules, ImportListener.NONE))
                .isEqualTo(new ImportTotals(1, 0, KEYS, 0, 1, 0, KEYS));
        assertThat(column("SELECT count(*) FROM access_keys")).containsExactly(String.valueOf(KEYS));
    }

    private static String document() {
        return "{\"scopes\":[{\"name\":\"new\"}],\"keys\":["
                + IntStream.range(0, KEYS)
                        .mapToObj(i -> "{\"name\":\"key " + i + "\",\"scopes\":[\"new\"]}")
                        .collect(Collectors.joining(","))
                + "]}";
    }
}
