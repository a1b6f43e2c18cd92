package dev.latchkey.cli.command.keys;

import dev.latchkey.accesskey.AccessKey;
import dev.latchkey.accesskey.AccessKeyJson;
import dev.latchkey.accesskey.NewAccessKey;
import dev.latchkey.accesskey.StoredSecret;
import dev.latchkey.cli.Arguments;
import dev.latchkey.cli.Syntax;
import dev.latchkey.cli.file.EnvFile;
import dev.latchkey.cli.file.InputFile;
import dev.latchkey.cli.http.ServiceUrl;
import dev.latchkey.cli.output.Fields;
import dev.latchkey.cli.output.JsonOutput;
import dev.latchkey.cli.terminal.CliContext;
import dev.latchkey.cli.terminal.ExitCodes;
import dev.latchkey.cli.terminal.TerminalText;
import dev.latchkey.file.ShellWord;
import dev.latchkey.server.Services;
import java.io.Closeable;
import java.io.PrintStream;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The one moment in which a secret can be read. For one thread. */
final class SecretOutput implements Closeable {
    /** The flag for lines that a shell or an .env file takes. */
    private static final String ENV = "--env";

    private static final String ENV_FILE = "--env-file";
    private static final String ID = "LATCHKEY_KEY_ID";
    private static final String SECRET = "LATCHKEY_KEY_SECRET";

    private final Arguments arguments;
    private final CliContext context;
    private final @Nullable EnvFile file;

    private SecretOutput(Arguments arguments, CliContext context) {
        this.arguments = arguments;
        this.context = context;
        this.file = arguments.value(ENV_FILE).map(EnvFile::prepare).orElse(null);
    }

    static Syntax declare(Syntax syntax) {
        return syntax.flag(ENV, "Print LATCHKEY_KEY_ID=… and LATCHKEY_KEY_SECRET=…, for an .env file.")
                .value(ENV_FILE, "FILE", "Write the same two lines there, for its owner alone to read.");
    }

    /** Fails where options exclude each other, or a file that is asked for cannot be written. */
    static SecretOutput prepare(Arguments arguments, CliContext context) {
        if (arguments.has(ENV) && arguments.has(Syntax.JSON)) {
            throw ExitCodes.usage("--env and --json exclude each other; give one of them");
        }
        if (arguments.has(ENV) && arguments.has(ENV_FILE)) {
            throw ExitCodes.usage("--env and --env-file exclude each other; give one of them");
        }
        if (arguments.value(ENV_FILE).filter(InputFile.STDIN::equals).isPresent()) {
            throw ExitCodes.usage("--env-file must name a file; --env prints the two lines");
        }
        return new SecretOutput(arguments, context);
    }

    /** A key that has no secret. */
    void printWithout(AccessKey key) {
        PrintStream out = context.out();
        write(Map.of(ID, key.id()));
        if (arguments.has(Syntax.JSON)) {
            JsonOutput.print(out, AccessKeyJson.of(key));
        } else if (arguments.has(ENV)) {
            out.println(ID + "=" + key.id());
        } else {
            String scopes = key.settings().scopes().toString();
            out.print(new Fields().add("id", key.id()).add("scopes", scopes).text());
        }
    }

    /** A key and the secret that was made for it. */
    void print(NewAccessKey fresh, Services services) {
        PrintStream out = context.out();
        AccessKey key = fresh.key();
        String secret = fresh.secret().reveal();
        Map<String, String> values = new LinkedHashMap<>();
        values.put(ID, key.id());
        values.put(SECRET, secret);
        write(values);
        if (arguments.has(Syntax.JSON)) {
            JsonOutput.print(out, AccessKeyJson.of(fresh));
        } else if (arguments.has(ENV)) {
            values.forEach((name, value) -> out.println(name + "=" + value));
        } else {
            describe(fresh, ServiceUrl.servedTokenEndpoint(services, context));
        }
    }

    private void write(Map<String, String> values) {
        if (file != null) {
            file.write(values);
        }
    }

    private void describe(NewAccessKey fresh, String tokenEndpoint) {
        PrintStream out = context.out();
        AccessKey key = fresh.key();
        String secret = fresh.secret().reveal();
        Fields fields = new Fields().add("id", key.id());
        if (file == null) {
            fields.add("secret", secret);
        }
        fields.add("scopes", key.settings().scopes().toString());
        key.secrets().subList(0, key.secrets().size() - 1).forEach(old -> fields.add("old secret", describe(old)));
        out.print(fields.text());
        out.println();
        boolean created = key.secrets().size() == 1;
        if (created) {
            out.println("A Spring Boot service that is given an issuer-uri alone needs tokens of "
                    + "\"latchkey serve --token-typ JWT\".");
        }
        String name = arguments.value(ENV_FILE).orElse("");
        if (file == null) {
            out.println("Keep the secret now: it will not be shown again. Get a token with it:");
        } else {
            out.println("Wrote the id and the secret to " + TerminalText.line(name)
                    + "; they will not be shown again. Get a token with them:");
            String sourced = ShellWord.of(name.contains("/") ? name : "./" + name);
            out.println("set -a; . " + TerminalText.line(sourced) + "; set +a");
        }
        String credentials = file == null ? key.id() + ":" + secret : "\"$" + ID + ":$" + SECRET + "\"";
        out.println("curl -u " + credentials + " -d grant_type=client_credentials " + TerminalText.line(tokenEndpoint));
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
