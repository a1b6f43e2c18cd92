package dev.latchkey.config;

import dev.latchkey.error.ServiceException;
import dev.latchkey.signingkey.SigningAlgorithm;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the two flags say together that tell what kind of signing key is made. */
public final class SigningKeyFlags {
    private SigningKeyFlags() {}

    /**
     * The algorithm that new signing keys are for; null when nothing says it.
     *
     * @param algorithm the flag's value; null = the flag is not there
     * @param keySize the value of the flag for the size; null = the flag is not there
     * @throws ServiceException of kind INVALID when it is none, or its keys have no size to choose and one is given
     */
    public static @Nullable SigningAlgorithm algorithm(
            @Nullable String algorithm, @Nullable String keySize, Map<String, String> env) {
        String name = ServeFlag.SIGNING_ALGORITHM.choose(algorithm, env);
        if (name == null) {
            return null;
        }
        SigningAlgorithm chosen = SigningAlgorithm.of(name)
                .orElseThrow(() ->
                        ServiceException.invalid(ServeFlag.SIGNING_ALGORITHM.flag(), "must be RS256, ES256 or EdDSA"));
        String size = ServeFlag.KEY_SIZE.variable();
        boolean sized = keySize != null || !env.getOrDefault(size, "").isEmpty();
        if (chosen != SigningAlgorithm.RS256 && sized) {
            throw ServiceException.invalid(
                    ServeFlag.KEY_SIZE.flag(),
                    "is for RS256: keys for " + chosen.publicName() + " have one size, so leave it out");
        }
        return chosen;
    }
}
