package dev.latchkey.cli.command.dev;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.latchkey.cli.Arguments;
import dev.latchkey.cli.Command;
import dev.latchkey.cli.Syntax;
import dev.latchkey.cli.terminal.CliContext;
import dev.latchkey.json.JsonBinding;
import java.util.List;

/** {@code dev token}: a token made to order. */
public final class DevToken implements Command {
    @Override
    public void declare(Syntax syntax) {
        syntax.value("--key-id", "ID", "The key whose token it is (default that of the stand-in).")
                .value("--as", "WHO", "A persona of the seed, github or kubernetes.")
                .value("--sub", "SUBJECT", "Whom it is about.")
                .value("--scope", "SCOPES", "Scopes, separated by spaces.")
                .values(List.of("--aud"), "AUDIENCE", "Whom it is for; may be given several times.")
                .value("--iss", "URL", "Who has issued it.")
                .value("--expires-in", "DURATION", "How long it lives, such as 90s.")
                .value("--claims", "JSON", "Claims to add, as an object.")
                .value("--header", "JSON", "Members of the header to add, as an object.")
                .values(List.of("--omit"), "CLAIM", "A claim to leave out; may be given several times.")
                .values(
                        List.of("--break"),
                        "NAME",
                        "What is to be wrong with it, such as expired; may be given several times.");
        DevCall.declare(syntax).example("latchkey dev token --sub alice --scope fx --break expired");
    }

    @Override
    public int run(Arguments arguments, CliContext context) {
        DevCall call = new DevCall(arguments, context)
                .texts("--key-id", "--as", "--sub", "--scope", "--iss", "--expires-in")
                .several("--aud")
                .several("--break")
                .values("--claims", "--header");
        if (arguments.has("--omit")) {
            call.with("omit", JsonBinding.tree(arguments.values("--omit")));
        }
        ObjectNode made = call.send("POST", "/dev/tokens");
        return call.print(made, made.path("access_token").asText());
    }
}
