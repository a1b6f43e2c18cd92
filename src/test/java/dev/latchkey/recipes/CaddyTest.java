package dev.latchkey.recipes;

import dev.latchkey.docs.Page;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;

/** Caddy ({@code forward_auth}). */
@Tag("proxy")
class CaddyTest extends ProxyTests {
    static final String BEFORE = """
            {
            	admin off
            	default_bind 127.0.0.1
            }

            """;

    @Override
    String program() {
        return "caddy";
    }

    @Override
    String configuration() {
        return BEFORE + Page.blocks("forward-authentication.md", "Caddy").get(0);
    }

    @Override
    List<String> command(Path program, Path configuration) {
        return arguments(program, configuration);
    }

    static List<String> arguments(Path program, Path configuration) {
        return List.of(program.toString(), "run", "--config", configuration.toString(), "--adapter", "caddyfile");
    }
}
