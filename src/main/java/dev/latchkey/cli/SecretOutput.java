package dev.latchkey.cli;

import dev.latchkey.accesskey.AccessKey;
import dev.latchkey.accesskey.AccessKeyJson;
import dev.latchkey.accesskey.NewAccessKey;
import dev.latchkey.accesskey.StoredSecret;
import java.io.PrintStream;
import java.time.Instant;

/** The one moment in which a secret can be read. */
final class SecretOutput {
    /** The flag for lines that a shell or an .env file takes. */
    private static final String ENV = "--env";

    private SecretOutput() {}

    static Syntax declare(Syntax syntax) {
        return syntax.flag(ENV, "Print LATCHKEY_KEY_ID=… and LATCHKEY_KEY_SECRET=…, for an .env file.");
    }

    static void check(Arguments arguments) {
        if (arguments.has(ENV) && arguments.has(Syntax.JSON)) {
            throw ExitCodes.usage("--env and --json exclude each other; give one of them");
        }
    }

    /** A key that has no secret. */
    static void printWithout(AccessKey key, Arguments arguments, Surroundings surroundings) {
        PrintStream out = surroundings.out();
        if (arguments.has(Syntax.JSON)) {
            JsonOutput.print(out, document -> AccessKeyJson.write(document, key));
        } else if (arguments.has(ENV)) {
            out.println("LATCHKEY_KEY_ID=" + key.id());
        } else {
            String scopes = key.settings().scopes().toString();
            out.print(new Fields().add("id", key.id()).add("scopes", scopes).text());
        }
    }

    static void print(NewAccessKey fresh, Arguments arguments, Surroundings surroundings) {
        PrintStream out = surroundings.out();
        if (arguments.has(Syntax.JSON)) {
            JsonOutput.print(out, document -> AccessKeyJson.write(document, fresh));
            return;
        }
        AccessKey key = fresh.key();
        String secret = fresh.secret().reveal();
        if (arguments.has(ENV)) {
            out.println("LATCHKEY_KEY_ID=" + key.id());
            out.println("LATCHKEY_KEY_SECRET=" + secret);
            return;
        }
        Fields fields = new Fields()
                .add("id", key.id())
                .add("secret", secret)
                .add("scopes", key.settings().scopes().toString());
        key.secrets().subList(0, key.secrets().size() - 1).forEach(old -> fields.add("old secret", describe(old)));
        out.print(fields.text());
        out.println();
        boolean created = key.secrets().size() == 1;
        if (created) {
            out.println("A Spring Boot service that is given an issuer-uri alone needs tokens of "
                    + "\"latchkey serve --token-typ JWT\".");
        }
        out.println("Keep the secret now: it will not be shown again. Get a token with it:");
        out.println("curl -u " + key.id() + ":" + secret + " -d grant_type=client_credentials "
                + ServiceUrl.localTokenEndpoint(surroundings));
    }

    private static String describe(StoredSecret old) {
        Instant end = old.expiresAt();
        return "…" + old.hint() + (end == null ? " goes on working" : " works until " + end);
    }
}
