package dev.latchkey.cli.command.keys;

import dev.latchkey.accesskey.AccessKey;
import dev.latchkey.accesskey.AccessKeyJson;
import dev.latchkey.accesskey.NewAccessKey;
import dev.latchkey.accesskey.StoredSecret;
import dev.latchkey.cli.Invocation;
import dev.latchkey.cli.Syntax;
import dev.latchkey.cli.file.EnvFile;
import dev.latchkey.cli.file.InputFile;
import dev.latchkey.cli.http.ServiceUrl;
import dev.latchkey.cli.output.Fields;
import dev.latchkey.cli.terminal.ExitCodes;
import dev.latchkey.file.ShellWord;
import dev.latchkey.server.Services;
import java.io.Closeable;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The one moment in which a secret can be read. For one thread. */
final class SecretOutput implements Closeable {
    /** The flag for lines that a shell or an .env file takes. */
    private static final String ENV = "--env";

    private static final String ENV_FILE = "--env-file";
    private static final String ID = "LATCHKEY_KEY_ID";
    private static final String SECRET = "LATCHKEY_KEY_SECRET";

    private final Invocation run;
    private final @Nullable EnvFile file;

    private SecretOutput(Invocation run) {
        this.run = run;
        this.file = run.value(ENV_FILE).map(EnvFile::prepare).orElse(null);
    }

    static Syntax declare(Syntax syntax) {
        return syntax.flag(ENV, "Print LATCHKEY_KEY_ID=… and LATCHKEY_KEY_SECRET=…, for an .env file.")
                .value(ENV_FILE, "FILE", "Write the same two lines there, for its owner alone to read.");
    }

    /** Fails where options exclude each other, or a file that is asked for cannot be written. */
    static SecretOutput prepare(Invocation run) {
        run.exclude(ENV, Syntax.JSON);
        run.exclude(ENV, ENV_FILE);
        if (run.value(ENV_FILE).filter(InputFile.STDIN::equals).isPresent()) {
            throw ExitCodes.usage("--env-file must name a file; --env prints the two lines");
        }
        return new SecretOutput(run);
    }

    /** A key that has no secret. */
    int printWithout(AccessKey key) {
        return print(
                Map.of(ID, key.id()),
                () -> AccessKeyJson.of(key),
                () -> run.print(new Fields()
                        .add("id", key.id())
                        .add("scopes", key.settings().scopes().toString())));
    }

    /** A key and the secret that was made for it. */
    int print(NewAccessKey fresh, Services services) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put(ID, fresh.key().id());
        values.put(SECRET, fresh.secret().reveal());
        return print(
                values,
                () -> AccessKeyJson.of(fresh),
                () -> describe(fresh, ServiceUrl.servedTokenEndpoint(services, run.context())));
    }

    private int print(Map<String, String> values, Supplier<Object> json, Runnable text) {
        if (file != null) {
            file.write(values);
        }
        if (run.isJson()) {
            run.printJson(json.get());
        } else if (run.has(ENV)) {
            values.forEach((name, value) -> run.print(name + "=" + value));
        } else {
            text.run();
        }
        return ExitCodes.DONE;
    }

    private void describe(NewAccessKey fresh, String tokenEndpoint) {
        AccessKey key = fresh.key();
        String secret = fresh.secret().reveal();
        Fields fields = new Fields().add("id", key.id());
        if (file == null) {
            fields.add("secret", secret);
        }
        fields.add("scopes", key.settings().scopes().toString());
        key.secrets().subList(0, key.secrets().size() - 1).forEach(old -> fields.add("old secret", describe(old)));
        run.print(fields);
        run.print("");
        boolean created = key.secrets().size() == 1;
        if (created) {
            run.print("A Spring Boot service that is given an issuer-uri alone needs tokens of "
                    + "\"latchkey serve --token-typ JWT\".");
        }
        String name = run.value(ENV_FILE).orElse("");
        if (file == null) {
            run.print("Keep the secret now: it will not be shown again. Get a token with it:");
        } else {
            run.print("Wrote the id and the secret to " + name
                    + "; they will not be shown again. Get a token with them:");
            run.print("set -a; . " + ShellWord.of(name.contains("/") ? name : "./" + name) + "; set +a");
        }
        String credentials = file == null ? key.id() + ":" + secret : "\"$" + ID + ":$" + SECRET + "\"";
        run.print("curl -u " + credentials + " -d grant_type=client_credentials " + tokenEndpoint);
    }

    private static String describe(StoredSecret old) {
        Instant end = old.expiresAt();
        return old.shown() + (end == null ? " goes on working" : " works until " + end);
    }

    @Override
    public void close() {
        if (file != null) {
            file.close();
        }
    }
}
