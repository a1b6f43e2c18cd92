package dev.latchkey.docs;

import dev.latchkey.config.ServeFlag;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** {@code configuration.md} says of each flag what its help says. */
class ConfigurationPageTest {
    private static final Pattern HELP = Pattern.compile("(.*) \\((?:default (.*); )?LATCHKEY_\\w+\\)");

    @Test
    void everyFlag_hasItsRow() throws IOException {
        List<String> rows = new ArrayList<>();
        for (ServeFlag flag : ServeFlag.values()) {
            Matcher help = HELP.matcher(flag.help());
            if (!help.matches()) {
                throw new AssertionError(flag.help());
            }
            String typed = flag.isSwitch() ? flag.flag() : flag.flag() + " " + flag.label();
            String standard = help.group(2) == null ? "" : "`" + help.group(2) + "`";
            rows.add("| `" + typed + "` | `" + flag.variable() + "` | " + standard + " | " + help.group(1) + " |");
        }
        GeneratedPage.check("configuration.md", TEXT.replace("FLAGS", String.join("\n", rows)));
    }

    private static final String TEXT = """
            # Configuration

            The flags of `latchkey serve`, each with the variable of the environment that stands for it. A flag wins over its
            variable; an empty variable counts as not set, and a bad value is refused with the name of the place that it came
            from. A switch takes no value; its variable is `true` or `1`, `false` or `0`. Durations are `90s`, `60m`, `24h`, `90d`
            or ISO-8601 (`PT1H`). `latchkey help serve` prints the same, `latchkey help COMMAND` the options of every other command.

            | flag | variable | default | meaning |
            | --- | --- | --- | --- |
            FLAGS

            Every command that opens a store takes `--db` and `LATCHKEY_DB`, every command that touches signing keys
            `--master-key-file` and its variable. A URL with a password belongs into `LATCHKEY_DB`: other users of the machine can see
            the flags of a process.

            ## Variables without a flag

            | variable | meaning |
            | --- | --- |
            | `LATCHKEY_OWNER_PASSWORD` | the password of the first Owner of a new store; without it one is made and printed once |
            | `LATCHKEY_KEY_ID`, `LATCHKEY_KEY_SECRET`, `LATCHKEY_URL` | for `latchkey token`: the key, its secret, the service |
            | `LATCHKEY_DEV_KEY_ID`, `LATCHKEY_DEV_KEY_SECRET` | the ready key of `serve --dev`, `dev` and `dev-secret` |
            | `LATCHKEY_JAVA_OPTS` | flags of the JVM, for `run.sh` |
            | `LC_ALL` | `C.UTF-8` where the locale is not UTF-8 and words hold other characters |

            `LATCHKEY_PORT` of the form `tcp://…`, which Kubernetes injects beside a Service of this name, is ignored with a line that
            says so. Files with a secret in them (store, signing key, master key, key of TLS) must belong to the user of the process
            or to root and be closed to others.
            """;
}
