package dev.latchkey.dev;

import dev.latchkey.config.ServeFlag;
import dev.latchkey.signingkey.KeyPairs;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** What a stand-in inside another program has beside the public API, for the package that makes test extensions of it. */
public interface StandInAccess {
    /** The controls of the stand-in; empty = the service is none. */
    Optional<StandInControls> controls();

    /** What a builder of services takes beside the public API. */
    interface Options {
        /**
         * The service will be a stand-in.
         *
         * @param flags of {@code serve}, in place of those that were set before
         * @param keyPairs what stands in front of what makes signing keys
         */
        void standIn(Map<ServeFlag, String> flags, UnaryOperator<KeyPairs> keyPairs);
    }
}
