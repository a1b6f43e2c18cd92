package dev.latchkey.cli.command.dev;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.latchkey.cli.Arguments;
import dev.latchkey.cli.Command;
import dev.latchkey.cli.Syntax;
import dev.latchkey.cli.terminal.CliContext;
import dev.latchkey.json.JsonBinding;

/** {@code dev signing-keys}: drills with the keys that sign the tokens of a stand-in. */
public final class DevSigningKeys implements Command {
    @Override
    public void declare(Syntax syntax) {
        syntax.words("rotate|sign_unpublished|unpublish_retired|restore", 1, 1);
        DevCall.declare(syntax).example("latchkey dev signing-keys rotate");
    }

    @Override
    public int run(Arguments arguments, CliContext context) {
        DevCall call = new DevCall(arguments, context);
        call.with("do", JsonBinding.tree(arguments.word().replace('-', '_')));
        ObjectNode shown = call.send("POST", "/dev/signing-keys");
        return call.print(
                shown,
                shown.path("signing").asText() + " signs; the JWK Set has "
                        + shown.path("published").size() + " keys");
    }
}
