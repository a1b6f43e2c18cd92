package dev.latchkey.cli.command;

import dev.latchkey.cli.Command;
import dev.latchkey.cli.Invocation;
import dev.latchkey.cli.Syntax;
import dev.latchkey.cli.http.ServerTrust;
import dev.latchkey.cli.http.ServiceUrl;
import dev.latchkey.cli.http.WebCall;
import dev.latchkey.config.Durations;
import dev.latchkey.error.ErrorKind;
import dev.latchkey.error.ServiceException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** {@code health}: is the service ready? */
final class Health implements Command {
    private static final String WAIT = "--wait";
    private static final Duration PAUSE = Duration.ofMillis(200);

    @Override
    public void declare(Syntax syntax) {
        ServiceUrl.declare(syntax)
                .value(WAIT, "DURATION", "Ask again and again until it is ready, for so long: 60s, 2m (default 0).")
                .noStore()
                .example("latchkey health --wait 60s")
                .example("latchkey health --url https://id.example.com --ca-file ca.pem");
    }

    @Override
    public int execute(Invocation run) throws InterruptedException {
        URI readiness = ServiceUrl.readiness(run);
        ServerTrust trust = ServiceUrl.probeTrust(run);
        Duration wait = run.value(WAIT).map(text -> Durations.parse(WAIT, text)).orElse(Duration.ZERO);
        long start = System.nanoTime();
        for (Optional<ServiceException> failure = ask(readiness, trust);
                failure.isPresent();
                failure = ask(readiness, trust)) {
            if (Duration.ofNanos(System.nanoTime() - start).plus(PAUSE).compareTo(wait) > 0) {
                throw failure.get();
            }
            Thread.sleep(PAUSE.toMillis());
        }
        return run.print("ready");
    }

    /** Why it is not ready; empty when it is. */
    private static Optional<ServiceException> ask(URI readiness, ServerTrust trust) {
        try {
            int status = WebCall.get(readiness, trust).status();
            return status == HttpURLConnection.HTTP_OK
                    ? Optional.empty()
                    : Optional.of(ServiceException.of(
                            ErrorKind.UNAVAILABLE,
                            "not ready: " + readiness + " answered " + status + "; see the service's log"));
        } catch (ServiceException e) {
            return Optional.of(e);
        }
    }
}
