package dev.latchkey.cli.command.issuers;

import dev.latchkey.cli.Arguments;
import dev.latchkey.cli.Command;
import dev.latchkey.cli.StoreAccess;
import dev.latchkey.cli.Syntax;
import dev.latchkey.cli.output.JsonOutput;
import dev.latchkey.cli.output.Table;
import dev.latchkey.cli.terminal.CliContext;
import dev.latchkey.cli.terminal.ExitCodes;
import dev.latchkey.issuer.TrustedIssuer;
import dev.latchkey.issuer.TrustedIssuerJson;
import dev.latchkey.server.Services;
import java.util.List;

/** {@code issuers list}: whose tokens keys may trust. */
public final class IssuersList implements Command {
    private static final int NARROWEST = 20;

    @Override
    public void declare(Syntax syntax) {
        syntax.store().json().example("latchkey issuers list");
    }

    @Override
    public int run(Arguments arguments, CliContext context) {
        try (Services services = StoreAccess.open(arguments, context)) {
            List<TrustedIssuer> issuers = services.issuers().list(StoreAccess.operator());
            if (arguments.has(Syntax.JSON)) {
                JsonOutput.printList(context.out(), issuers, issuer -> TrustedIssuerJson.of(issuer));
            } else if (issuers.isEmpty()) {
                context.err().println("No issuer is trusted yet; latchkey issuers add makes one so.");
            } else {
                try (Table table =
                        new Table(context, Table.Column.whole("NAME"), new Table.Column("ISSUER", NARROWEST))) {
                    issuers.forEach(issuer -> table.row(issuer.name(), issuer.issuer()));
                }
            }
        }
        return ExitCodes.DONE;
    }
}
