package dev.latchkey.cli;

import dev.latchkey.error.ErrorKind;
import dev.latchkey.error.LatchkeyException;
import java.net.HttpURLConnection;
import java.net.URI;

/** {@code health}: is the service ready? */
final class Health implements Command {
    @Override
    public void declare(Syntax syntax) {
        ServiceUrl.declare(syntax).noStore().example("latchkey health --url http://localhost:9000");
    }

    @Override
    public int run(Arguments arguments, Surroundings surroundings) {
        URI readiness = ServiceUrl.readiness(arguments, surroundings);
        int status = WebCall.get(readiness).status();
        if (status != HttpURLConnection.HTTP_OK) {
            throw LatchkeyException.of(
                    ErrorKind.UNAVAILABLE,
                    "not ready: " + readiness + " answered " + status + "; see the service's log");
        }
        surroundings.out().println("ready");
        return ExitCodes.DONE;
    }
}
