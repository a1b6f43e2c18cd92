package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.docs.Page;
import dev.latchkey.docs.PageShell;
import dev.latchkey.harness.Processes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What pages tell people to type works as it stands, one block after the other, and prints what the page says. */
class ShellPagesIT {
    private static final Pattern GENERATED_ID = Pattern.compile("ack_\\w{26}");

    @TempDir
    Path folder;

    @Test
    void declaredKeys_planIsAsShown_andIsCarriedOut() throws IOException {
        Page page = new Page("declared-keys.md");

        String out = run(String.join("\n", page.blocks("bash")));

        assertThat(withoutIds(out)).contains(withoutIds(page.blocks("text").get(0)));
        assertThat(out).contains("Keys: 0 created, 0 changed, 0 deleted, 2 unchanged.");
    }

    @Test
    void clients_haveAServiceAndAKey_thenKeepTheirToken() throws IOException {
        Page page = new Page("clients.md");

        assertThat(run(page.blocks("bash").get(0) + page.blocks("sh").get(0))).endsWith("the same token\n");
    }

    @Test
    void deployment_theJarStartsWithoutAShell() throws IOException {
        assertThat(run(Page.blocks("deployment.md", "The jar").get(0))).contains("Latchkey is ready");
    }

    private String run(String script) throws IOException {
        Processes.Outcome outcome = PageShell.run(folder, script);
        assertThat(outcome.exitCode())
                .as("%s%n%s", outcome.out(), outcome.err())
                .isZero();
        return outcome.out();
    }

    private static String withoutIds(String text) {
        return GENERATED_ID.matcher(text).replaceAll("ack_");
    }
}
