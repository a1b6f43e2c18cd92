package dev.latchkey.recipes;

import dev.latchkey.docs.Page;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;

/** nginx ({@code auth_request}). */
@Tag("proxy")
class NginxTest extends ProxyTests {
    static final String AROUND = """
            daemon off;
            master_process off;
            pid FOLDER/nginx.pid;
            error_log FOLDER/error.log;
            events {}
            http {
                access_log off;
                client_body_temp_path FOLDER/body;
                proxy_temp_path FOLDER/proxy;
                fastcgi_temp_path FOLDER/fastcgi;
                uwsgi_temp_path FOLDER/uwsgi;
                scgi_temp_path FOLDER/scgi;
                RECIPE
            }
            """;

    @Override
    String program() {
        return "nginx";
    }

    @Override
    String configuration() {
        String recipe = Page.blocks("forward-authentication.md", "nginx").get(0);
        return AROUND.replace("RECIPE", recipe.replace("listen 8000", "listen 127.0.0.1:8000"));
    }

    @Override
    List<String> command(Path program, Path configuration) {
        return command(program, configuration, folder);
    }

    static List<String> command(Path program, Path configuration, Path folder) {
        String errors = folder.resolve("error.log").toString();
        return List.of(program.toString(), "-p", folder.toString(), "-e", errors, "-c", configuration.toString());
    }
}
