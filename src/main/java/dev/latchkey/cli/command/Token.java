package dev.latchkey.cli.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.latchkey.accesskey.AccessKeySecret;
import dev.latchkey.cli.Command;
import dev.latchkey.cli.Invocation;
import dev.latchkey.cli.Syntax;
import dev.latchkey.cli.http.ServiceUrl;
import dev.latchkey.cli.http.WebCall;
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
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
    public int execute(Invocation run) throws IOException {
        String id = run.value("--key-id")
                .orElseGet(() -> Objects.requireNonNullElse(run.context().variable(ID_VARIABLE), ""));
        if (id.isEmpty()) {
            throw ExitCodes.usage("--key-id is missing: give it, or set " + ID_VARIABLE);
        }
        URI endpoint = ServiceUrl.tokenEndpoint(run);
        String authorization = basic(id, secret(run.context()));
        WebCall.Answer answer = WebCall.post(endpoint, authorization, form(run), ServiceUrl.trust(run));
        ObjectNode json = read(endpoint, answer);
        return run.print(() -> json, json.path("access_token").textValue());
    }

    private static String secret(CliContext context) throws IOException {
        String set = context.variable(SECRET_VARIABLE);
        String secret = set == null ? context.secretLine("Secret of the access key: ") : set;
        if (secret.isEmpty()) {
            throw ExitCodes.usage("there is no secret: set " + SECRET_VARIABLE + ", or give it as one line of stdin");
        }
        // A generated secret tells by its checksum that it was mistyped; the service would only say that it is wrong.
        Optional<String> flaw =
                secret.startsWith(AccessKeySecret.PREFIX) ? AccessKeySecret.flaw(secret) : Optional.empty();
        if (flaw.isPresent()) {
            throw ExitCodes.usage("the secret " + flaw.get() + "; copy it again, the service was not asked");
        }
        return secret;
    }

    /** RFC 6749 §2.3.1: both parts are form-urlencoded before they are joined. */
    private static String basic(String id, String secret) {
        byte[] pair = (encode(id) + ":" + encode(secret)).getBytes(StandardCharsets.US_ASCII);
        return "Basic " + Base64.getEncoder().encodeToString(pair);
    }

    private static String form(Invocation run) {
        return Stream.of("scope", "audience", "resource")
                .flatMap(name -> run.values("--" + name).stream().map(value -> "&" + name + "=" + encode(value)))
                .collect(Collectors.joining("", "grant_type=client_credentials", ""));
    }

    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** The answer's fields, with a token that is safe to print. */
    private static ObjectNode read(URI endpoint, WebCall.Answer answer) {
        ObjectNode json = fields(answer);
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

    /** The fields of an answer; none where it is not a JSON object. */
    static ObjectNode fields(WebCall.Answer answer) {
        try {
            return JsonBinding.readObject(answer.body());
        } catch (JsonSyntaxException e) {
            return JsonBinding.object();
        }
    }
}
