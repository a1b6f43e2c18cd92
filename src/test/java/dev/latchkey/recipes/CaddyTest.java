package dev.latchkey.recipes;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;

/** Caddy ({@code forward_auth}). */
@Tag("proxy")
class CaddyTest extends ProxyTests {
    private static final String BEFORE = """
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
        return BEFORE + Recipes.blocks("forward-authentication.md", "Caddy").get(0);
    }

    @Override
    List<String> command(Path program, Path configuration) {
        return List.of(program.toString(), "run", "--config", configuration.toString(), "--adapter", "caddyfile");
    }
}
