package dev.latchkey.cli.command;

import java.lang.reflect.Proxy;
import java.util.concurrent.CountDownLatch;

/**
 * The wish of the outside that the process end. On SIGTERM or SIGINT {@link #await} returns, so that the process can
 * close what it has open and exit with 0, where the platform alone would exit with 143 or 130. However else the JVM
 * comes to its end, a shutdown hook does the closing; it is done once.
 */
final class StopSignal implements AutoCloseable {
    private final CountDownLatch wished = new CountDownLatch(1);
    private final Thread hook = new Thread(this::close, "shutdown");
    private final Runnable work;
    private boolean closed;

    /** {@code work} is the closing, which must come to an end by itself. */
    StopSignal(Runnable work) {
        this.work = work;
    }

    /** Begins to listen, once; before that the platform alone ends the process. */
    void listen() {
        Runtime.getRuntime().addShutdownHook(hook);
        listen("TERM");
        listen("INT");
    }

    /** Returns when the process shall end. */
    void await() throws InterruptedException {
        wished.await();
    }

    /** Does the closing; a second caller waits until it is done. */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            work.run();
        }
    }

    /**
     * Listens by reflection: {@code sun.misc.Signal} is part of every JDK's supported surface (module jdk.unsupported),
     * yet naming it is a compiler warning that nothing can silence. Where it is missing, or the JVM leaves the signal
     * to another handler (-Xrs), the hook remains.
     */
    private void listen(String signal) {
        try {
            Class<?> signalType = Class.forName("sun.misc.Signal");
            Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
            Object handler = Proxy.newProxyInstance(
                    StopSignal.class.getClassLoader(), new Class<?>[] {handlerType}, (proxy, method, arguments) -> {
                        wished.countDown();
                        return null;
                    });
            signalType
                    .getMethod("handle", signalType, handlerType)
                    .invoke(null, signalType.getConstructor(String.class).newInstance(signal), handler);
        } catch (ReflectiveOperationException e) {
            System.getLogger(StopSignal.class.getName())
                    .log(System.Logger.Level.DEBUG, "no handler for SIG" + signal, e);
        }
    }
}
