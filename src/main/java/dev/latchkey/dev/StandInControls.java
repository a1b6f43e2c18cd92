package dev.latchkey.dev;

import dev.latchkey.dev.faults.Faults;
import dev.latchkey.dev.requests.RequestLog;
import dev.latchkey.dev.tokens.KeyDrills;
import dev.latchkey.dev.tokens.TokenMaker;

/**
 * What is in the caller's hand of a stand-in that runs: {@code /dev} does it over HTTP, a program around the stand-in by
 * itself. Its parts are thread-safe.
 *
 * @param restore puts keys, scopes and revocations back to the start, where they are kept in memory
 */
public record StandInControls(
        DevClock clock,
        Faults faults,
        RequestLog requests,
        TokenMaker tokens,
        KeyDrills signingKeys,
        Runnable restore) {

    /** Everything back to the start: clock, faults, drills, keys, scopes and revocations, and at last the requests. */
    public void reset() {
        faults.clear();
        clock.reset();
        signingKeys.reset();
        restore.run();
        requests.clear();
    }
}
