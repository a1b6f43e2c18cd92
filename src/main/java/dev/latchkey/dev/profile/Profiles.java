package dev.latchkey.dev.profile;

import dev.latchkey.config.StandInSettings;
import dev.latchkey.server.ServiceParts;
import dev.latchkey.token.InvalidTokenException;
import dev.latchkey.token.SignedClaims;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** The profiles of one stand-in. Immutable and thread-safe. */
public final class Profiles {
    private final List<Profile> active;

    private Profiles(List<Profile> active) {
        this.active = active;
    }

    /** Those of these names, which are among {@link StandInSettings#PROFILES}; none is fine. */
    public static Profiles of(List<String> names) {
        return new Profiles(names.stream().map(Profile::load).toList());
    }

    /**
     * What is at a path, the contract's and those of the profiles; empty where it is none of the six kinds.
     *
     * @param issuer of the service; everything is at its path, and without it
     */
    public Function<String, Optional<EndpointKind>> kinds(String issuer) {
        String issuerPath = BaseUrl.path(issuer);
        return path -> {
            String below = BaseUrl.below(issuerPath, path);
            return find(below).map(Match::kind).or(() -> EndpointKind.ofContract(below));
        };
    }

    /** Which values of {@code iss} this service writes: the issuer, and each realm and tenant of the profiles. */
    public Predicate<String> issuers(String issuer) {
        return iss -> iss.equals(issuer) || active.stream().anyMatch(profile -> profile.issues(issuer, iss));
    }

    /**
     * Understands the claims of every token that the stand-in signs; throws {@link InvalidTokenException} for a payload
     * that lacks what every token has.
     */
    public Function<byte[], SignedClaims> claimsReader(String issuer) {
        return new ProfileClaimsReader(issuer, active)::read;
    }

    /** What answers at the paths of the profiles, and lets everything else pass. */
    public ProfileHandler handler(ServiceParts parts) {
        return new ProfileHandler(this, parts);
    }

    /**
     * Whether a client may name this in {@code aud} of an assertion (RFC 7523 §3): the issuer of a realm or tenant, or the
     * URL of its token endpoint.
     *
     * @param base what the URLs begin with
     */
    public boolean isAssertionAudience(String base, String audience) {
        boolean endpoint = audience.startsWith(base)
                && find(audience.substring(base.length()))
                        .filter(match -> match.kind() == EndpointKind.TOKEN)
                        .isPresent();
        return endpoint || active.stream().anyMatch(profile -> profile.issues(base, audience));
    }

    /**
     * A path of a profile.
     *
     * @param place the realm or tenant in it; empty = it has none
     */
    record Match(Profile profile, EndpointKind kind, String place) {}

    /** The profile that has a path, below the issuer's own. */
    Optional<Match> find(String path) {
        for (Profile profile : active) {
            for (Map.Entry<EndpointKind, PathTemplate> endpoint :
                    profile.paths().entrySet()) {
                Optional<String> place = endpoint.getValue().match(path);
                if (place.isPresent()) {
                    return Optional.of(new Match(profile, endpoint.getKey(), place.get()));
                }
            }
        }
        return Optional.empty();
    }
}
