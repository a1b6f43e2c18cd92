package dev.latchkey.cli.command;

import dev.latchkey.cli.Command;
import dev.latchkey.cli.Invocation;
import dev.latchkey.cli.StoreAccess;
import dev.latchkey.cli.Syntax;
import dev.latchkey.cli.terminal.CliContext;
import dev.latchkey.cli.terminal.ExitCodes;
import dev.latchkey.cli.terminal.StderrLogging;
import dev.latchkey.config.LogFormat;
import dev.latchkey.config.ServeFlag;
import dev.latchkey.config.ServeSettings;
import dev.latchkey.config.StandInSettings;
import dev.latchkey.dev.StandIn;
import dev.latchkey.log.LogEvent;
import dev.latchkey.server.LatchkeyServer;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code serve}: runs the service until it is told to stop. */
final class Serve implements Command {
    @Override
    public void declare(Syntax syntax) {
        syntax.flags(ServeFlag.values()).example("latchkey serve --port 9000 --db /var/lib/latchkey/latchkey.db");
    }

    @Override
    public int execute(Invocation run) throws InterruptedException {
        ServeSettings settings = settings(run);
        CliContext context = run.context();
        StderrLogging.writeAs(settings.logFormat());
        PrintStream notices = settings.logFormat() == LogFormat.JSON ? new NoticeLines(context.err()) : context.err();
        CompletableFuture<LatchkeyServer> started = new CompletableFuture<>();
        try (StopSignal stop = new StopSignal(() -> closeOnceStarted(started))) {
            LatchkeyServer server = start(settings, context.clock(), notices, stop, started);
            run.print(readyLine(settings, server));
            stop.await();
        }
        return ExitCodes.DONE;
    }

    private static String readyLine(ServeSettings settings, LatchkeyServer server) {
        StringBuilder line = new StringBuilder(
                "Latchkey is ready on " + server.url() + " (issuer " + server.issuer() + "), store " + server.store());
        boolean anyAddress =
                settings.host().equals("0.0.0.0") || settings.host().equals("::");
        String dashboard = (anyAddress ? server.issuer() : server.url()) + "/dashboard/";
        if (settings.dashboard()) {
            line.append(", dashboard ").append(dashboard);
        }
        server.metricsUrl().ifPresent(metrics -> line.append(", metrics ").append(metrics));
        return line.toString();
    }

    /** From the first answer on, a stop lets the service finish what it has begun, the rest of the start too. */
    private static LatchkeyServer start(
            ServeSettings settings,
            Clock clock,
            PrintStream notices,
            StopSignal stop,
            CompletableFuture<LatchkeyServer> started) {
        try {
            StandInSettings standIn = settings.standIn();
            LatchkeyServer server = standIn == null
                    ? LatchkeyServer.start(settings, clock, notices, stop::listen)
                    : StandIn.start(settings, standIn, clock, notices, stop::listen)
                            .server();
            started.complete(server);
            return server;
        } finally {
            started.cancel(false); // of no effect once it is complete
        }
    }

    private static void closeOnceStarted(CompletableFuture<LatchkeyServer> started) {
        try {
            started.join().close();
        } catch (CancellationException e) {
            return; // It did not start, and has left nothing open.
        }
    }

    static ServeSettings settings(Invocation run) {
        Map<ServeFlag, String> flags = new EnumMap<>(ServeFlag.class);
        for (ServeFlag flag : ServeFlag.values()) {
            if (!flag.isSwitch()) {
                run.value(flag.flag()).ifPresent(value -> flags.put(flag, value));
            } else if (run.has(flag.flag())) {
                flags.put(flag, "true");
            }
        }
        ServeSettings settings = ServeSettings.read(flags, run.context().env());
        var unused = StoreAccess.isInMemory(ServeFlag.DB.source(flags.get(ServeFlag.DB)), settings.db());
        return settings;
    }

    /**
     * Standard error whose lines are lines of the log, where that is JSON: what a start tells the person who started it, the
     * first Owner's password among it, must not stand between the objects.
     */
    private static final class NoticeLines extends PrintStream {
        private static final Logger LOG = LoggerFactory.getLogger("dev.latchkey.notice");

        NoticeLines(PrintStream err) {
            super(err, true, StandardCharsets.UTF_8);
        }

        @Override
        public void println(String line) {
            LogEvent.NOTICE.info(LOG).log(line);
        }
    }
}
