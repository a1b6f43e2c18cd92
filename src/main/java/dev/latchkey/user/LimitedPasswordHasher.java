package dev.latchkey.user;

import dev.latchkey.error.ServiceException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Hashes few passwords at a time, since each takes a processor and some 7 MiB for tens of milliseconds, on purpose. A
 * few more wait in line; beyond that a caller is refused at once, so that neither memory nor threads are taken by those
 * who wait. Thread-safe.
 */
public final class LimitedPasswordHasher implements PasswordHasher {
    /** So many callers wait at most. */
    static final int MAX_WAITING = 4;

    /** What one hash takes of the heap, with what the collector needs to follow. */
    private static final long BYTES_PER_HASH = 32L * 1024 * 1024;

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final PasswordHasher hasher;
    private final int most;
    private final Semaphore admitted;
    private final Semaphore running;

    /** @param atOnce how many hashes are computed at a time */
    LimitedPasswordHasher(PasswordHasher hasher, int atOnce) {
        this.hasher = hasher;
        this.most = atOnce + MAX_WAITING;
        this.admitted = new Semaphore(most);
        this.running = new Semaphore(atOnce, true);
    }

    /** One at a time for each processor but one, which is left to those who want tokens, and as the heap bears. */
    public static LimitedPasswordHasher forThisMachine(PasswordHasher hasher) {
        Runtime runtime = Runtime.getRuntime();
        return new LimitedPasswordHasher(hasher, atOnce(runtime.availableProcessors(), runtime.maxMemory()));
    }

    static int atOnce(int processors, long maxHeapBytes) {
        return (int) Math.max(1, Math.min(processors - 1, maxHeapBytes / BYTES_PER_HASH));
    }

    /** How many callers are admitted now, those that wait included. */
    int admitted() {
        return most - admitted.availablePermits();
    }

    @Override
    public String hash(String password) {
        return inTurn(() -> hasher.hash(password));
    }

    @Override
    public boolean matches(String password, String hash) {
        return inTurn(() -> hasher.matches(password, hash));
    }

    private <T> T inTurn(Supplier<T> work) {
        if (!admitted.tryAcquire()) {
            throw busy();
        }
        try {
            if (!running.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw busy();
            }
            try {
                return work.get();
            } finally {
                running.release();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw busy();
        } finally {
            admitted.release();
        }
    }

    private static ServiceException busy() {
        return ServiceException.tooManyRequests(
                "Too many passwords are being checked at this moment; try again in 1 s.", Duration.ofSeconds(1));
    }
}
