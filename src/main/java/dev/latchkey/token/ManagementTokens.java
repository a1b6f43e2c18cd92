package dev.latchkey.token;

import dev.latchkey.accesskey.AccessKey;
import dev.latchkey.accesskey.AccessKeySettings;
import dev.latchkey.accesskey.AccessKeyStore;
import dev.latchkey.accesskey.AccessKeyUses;
import dev.latchkey.accesskey.Audiences;
import dev.latchkey.error.ErrorKind;
import dev.latchkey.error.LogText;
import dev.latchkey.error.ServiceException;
import dev.latchkey.permission.Actor;
import dev.latchkey.permission.Role;
import dev.latchkey.scope.ScopeSet;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * Who may manage this service by an access token: a key that was given one of the reserved scopes and still has it.
 * Thread-safe.
 */
public final class ManagementTokens {
    private final AccessTokens tokens;
    private final AccessKeyStore keys;
    private final AccessKeyUses uses;
    private final String issuer;
    private final Clock clock;

    /** Takes tokens that are for this issuer itself. */
    public ManagementTokens(AccessTokens tokens, AccessKeyStore keys, AccessKeyUses uses, String issuer, Clock clock) {
        this.tokens = tokens;
        this.keys = keys;
        this.uses = uses;
        this.issuer = issuer;
        this.clock = clock;
    }

    /**
     * An access key that acts by its token.
     *
     * @param expiresAt the first moment at which the token does not count any more
     */
    public record Bearer(Actor actor, Instant expiresAt) {}

    /**
     * Who bears the token, in the highest role that both the token and its key, as it is now, have a scope for.
     *
     * @param from the network address
     * @throws InvalidTokenException when the token does not count, or is not for this service
     * @throws ServiceException of kind FORBIDDEN when no scope of it opens the management API
     */
    public Bearer authenticate(String token, String from) {
        VerifiedToken verified = tokens.verify(token);
        SignedClaims claims = verified.claims();
        if (!Audiences.contain(claims.audience(), issuer)) {
            throw new InvalidTokenException(verified + " is for " + LogText.quoted(claims.audience())
                            + ", not for the issuer " + LogText.quoted(issuer))
                    .of(claims.clientId());
        }
        Optional<AccessKeySettings> key = keys.find(claims.clientId()).map(AccessKey::settings);
        ScopeSet present = key.map(AccessKeySettings::scopes).orElse(ScopeSet.NONE);
        Optional<Role> role = present.retain(claims.scope()).managementRole();
        if (role.isEmpty()) {
            throw ServiceException.of(
                    ErrorKind.FORBIDDEN,
                    "The token, or its key now, has no scope that opens the management API.",
                    new InvalidTokenException(verified + " has the scope "
                                    + LogText.quoted(claims.scope().tokens()) + ", its key "
                                    + LogText.quoted(present.tokens()) + ": neither may call the management API")
                            .of(claims.clientId()));
        }
        uses.noteDemand(
                claims.clientId(),
                ScopeSet.of(List.of(ScopeSet.reservedFor(role.get()))),
                clock.instant().truncatedTo(ChronoUnit.SECONDS));
        return new Bearer(
                new Actor(
                        Actor.Kind.KEY,
                        claims.clientId(),
                        role.get(),
                        from,
                        key.map(AccessKeySettings::name).orElse("")),
                claims.expiresAt());
    }
}
