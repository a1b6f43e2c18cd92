package dev.latchkey.cli.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.latchkey.accesskey.AccessKeySecret;
import dev.latchkey.cli.Arguments;
import dev.latchkey.cli.Command;
import dev.latchkey.cli.Syntax;
import dev.latchkey.cli.http.ServiceUrl;
import dev.latchkey.cli.http.WebCall;
import dev.latchkey.cli.output.JsonOutput;
import dev.latchkey.cli.terminal.CliContext;
import dev.latchkey.cli.terminal.ExitCodes;
import dev.latchkey.error.ErrorKind;
import dev.latchkey.error.ServiceException;
import dev.latchkey.json.JsonBinding;
import dev.latchkey.json.JsonSyntaxException;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** {@code token}: asks a running service for a token by the client credentials grant (RFC 6749 §4.4). */
final class Token implements Command {
    private static final String ID_VARIABLE = "LATCHKEY_KEY_ID";
    private static final String SECRET_VARIABLE = "LATCHKEY_KEY_SECRET";

    @Override
    public void declare(Syntax syntax) {
        syntax.value(
                        "--key-id",
                        "ID",
                        "The access key (LATCHKEY_KEY_ID); its secret comes from LATCHKEY_KEY_SECRET, else from stdin.")
                .value("--scope", "SCOPES", "Scopes to ask for, separated by spaces (default all that the key has).")
                .value("--audience", "AUDIENCE", "Whom the token is for, among the key's audiences.")
                .values(List.of("--resource"), "URI", "The same as RFC 8707 has it; may be given several times.");
        ServiceUrl.declare(syntax)
                .noStore()
                .json()
                .example("latchkey token --key-id ack_… --scope \"fx vault\" < secret.txt");
    }

    @Override
    public int run(Arguments arguments, CliContext context) throws IOException {
        String id = arguments
                .value("--key-id")
                .orElseGet(() -> Objects.requireNonNullElse(context.variable(ID_VARIABLE), ""));
        if (id.isEmpty()) {
            throw ExitCodes.usage("--key-id is missing: give it, or set " + ID_VARIABLE);
        }
        URI endpoint = ServiceUrl.tokenEndpoint(arguments, context);
        String authorization = basic(id, secret(context));
        WebCall.Answer answer =
                WebCall.post(endpoint, authorization, form(arguments), ServiceUrl.trust(arguments, context));
        ObjectNode json = read(endpoint, answer);
        if (arguments.has(Syntax.JSON)) {
            JsonOutput.print(context.out(), json);
        } else {
            context.out().println(json.path("access_token").textValue());
        }
        return ExitCodes.DONE;
    }

    private static String secret(CliContext context) throws IOException {
        String set = context.variable(SECRET_VARIABLE);
        String secret = set == null ? context.secretLine("Secret of the access key: ") : set;
        if (secret.isEmpty()) {
            throw ExitCodes.usage("there is no secret: set " + SECRET_VARIABLE + ", or give it as one line of stdin");
        }
        checkTyping(secret);
        return secret;
    }

    /** A generated secret tells by its checksum that it was mistyped; the service would only say that it is wrong. */
    private static void checkTyping(String secret) {
        Optional<String> flaw =
                secret.startsWith(AccessKeySecret.PREFIX) ? AccessKeySecret.flaw(secret) : Optional.empty();
        if (flaw.isPresent()) {
            throw ExitCodes.usage("the secret " + flaw.get() + "; copy it again, the service was not asked");
        }
    }

    /** RFC 6749 §2.3.1: both parts are form-urlencoded before they are joined. */
    private static String basic(String id, String secret) {
        byte[] pair = (encode(id) + ":" + encode(secret)).getBytes(StandardCharsets.US_ASCII);
        return "Basic " + Base64.getEncoder().encodeToString(pair);
    }

    private static String form(Arguments arguments) {
        StringBuilder form = new StringBuilder("grant_type=client_credentials");
        arguments.value("--scope").ifPresent(scope -> append(form, "scope", scope));
        arguments.value("--audience").ifPresent(audience -> append(form, "audience", audience));
        arguments.values("--resource").forEach(resource -> append(form, "resource", resource));
        return form.toString();
    }

    private static void append(StringBuilder form, String name, String value) {
        form.append('&').append(name).append('=').append(encode(value));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** The answer's fields, with a token that is safe to print. */
    private static ObjectNode read(URI endpoint, WebCall.Answer answer) {
        ObjectNode json = parse(answer.body());
        if (answer.status() != HttpURLConnection.HTTP_OK && json.path("error").isTextual()) {
            String told = json.path("error_description").textValue();
            String description = told == null ? "" : ": " + told;
            throw ServiceException.of(
                    ErrorKind.FORBIDDEN, "no token: " + json.path("error").textValue() + description);
        }
        String text = json.path("access_token").textValue();
        boolean token = text != null && !text.isEmpty() && text.chars().allMatch(c -> c > 0x20 && c < 0x7F);
        if (answer.status() != HttpURLConnection.HTTP_OK || !token) {
            throw ServiceException.of(
                    ErrorKind.UNAVAILABLE,
                    "no token: " + endpoint + " answered " + answer.status()
                            + " and not as a token endpoint does; check --url");
        }
        return json;
    }

    private static ObjectNode parse(String body) {
        try {
            return JsonBinding.readObject(body);
        } catch (JsonSyntaxException e) {
            return JsonBinding.object();
        }
    }
}
