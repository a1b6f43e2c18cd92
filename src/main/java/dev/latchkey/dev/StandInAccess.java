package dev.latchkey.dev;

import java.util.List;
import java.util.Optional;

/** What a stand-in inside another program has beside the public API, for the package that makes test extensions of it. */
public interface StandInAccess {
    /** The controls of the stand-in; empty = the service is none. */
    Optional<StandInControls> controls();

    /** What a builder of services takes beside the public API. */
    interface Options {
        /** The service will be a stand-in with these profiles. */
        void standIn(List<String> profiles);
    }
}
