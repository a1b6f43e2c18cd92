package dev.latchkey.dev.tokens;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.latchkey.accesskey.AccessKey;
import dev.latchkey.accesskey.CustomClaims;
import dev.latchkey.error.ServiceException;
import dev.latchkey.json.JsonBinding;
import dev.latchkey.scope.Scope;
import dev.latchkey.server.ServiceParts;
import dev.latchkey.signingkey.KeySigner;
import dev.latchkey.token.issuing.StandardIssuingRules;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Makes tokens to order, signed by the service's own key. Thread-safe. */
public final class TokenMaker {
    private static final int ID_BYTES = 16;
    private static final Duration A_DAY = Duration.ofDays(1);
    private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();

    private final ServiceParts parts;
    private final Personas personas;
    private final String devKeyId;
    private final Predicate<AccessKey> isDevKey;
    private final Clock clock;
    private final Supplier<Duration> skew;
    private final SecureRandom random = new SecureRandom();

    /**
     * @param devKeyId the key whose token it is where the order names none
     * @param isDevKey whether a key may have every scope
     * @param skew what is added to the time in tokens
     */
    public TokenMaker(
            ServiceParts parts,
            Personas personas,
            String devKeyId,
            Predicate<AccessKey> isDevKey,
            Clock clock,
            Supplier<Duration> skew) {
        this.parts = parts;
        this.personas = personas;
        this.devKeyId = devKeyId;
        this.isDevKey = isDevKey;
        this.clock = clock;
        this.skew = skew;
    }

    /** The answer to an order; prints as nothing. */
    public record Made(String accessToken, ObjectNode header, ObjectNode claims) {
        @Override
        public String toString() {
            return "Made[…]";
        }
    }

    /**
     * The token that an order asks for.
     *
     * @throws ServiceException of kind INVALID that names the fields at fault
     */
    public Made make(TokenOrder order) {
        Instant now = clock.instant().plus(skew.get()).truncatedTo(ChronoUnit.SECONDS);
        ObjectNode claims = claims(order, now);
        Duration lifetime = Duration.ofSeconds(
                Math.max(0, claims.path("exp").asLong() - claims.path("iat").asLong()));
        KeySigner signer = parts.http().keySource().signer(lifetime.compareTo(A_DAY) > 0 ? A_DAY : lifetime);
        ObjectNode header = header(order, signer);
        BrokenToken broken = new BrokenToken(order.breaks(), now, random);
        broken.change(header, claims);
        order.omit().forEach(claims::remove);
        String token = broken.sign(header, claims, signer, parts.http().keySource());
        if (order.breaks(Break.REVOKED)) {
            Instant end = claims.path("exp").isIntegralNumber()
                    ? Instant.ofEpochSecond(claims.path("exp").asLong())
                    : now.plus(A_DAY);
            parts.store().tokens().revoke(claims.path("jti").asText(), end);
        }
        return new Made(token, header, claims);
    }

    private ObjectNode header(TokenOrder order, KeySigner signer) {
        boolean workload = order.as().filter(WorkloadToken::isKind).isPresent();
        ObjectNode header = JsonBinding.object()
                .put("alg", signer.algorithm().publicName())
                .put("typ", workload ? "JWT" : parts.typ().headerValue())
                .put("kid", signer.kid());
        header.setAll(order.header());
        return header;
    }

    private ObjectNode claims(TokenOrder order, Instant now) {
        String as = order.as().orElse("");
        boolean workload = WorkloadToken.isKind(as);
        AccessKey key = key(order.keyId().orElse(devKeyId));
        ObjectNode claims = JsonBinding.object();
        claims.put("iss", order.iss().orElse(parts.settings().issuer()));
        claims.put("sub", key.id());
        if (!workload) {
            claims.put("client_id", key.id());
        }
        claims.set("aud", JsonBinding.tree(workload ? List.of(parts.settings().issuer()) : audience(key)));
        claims.put("iat", now.getEpochSecond());
        claims.put("exp", now.plus(lifetime(order, key, as)).getEpochSecond());
        claims.put("jti", random(random, ID_BYTES));
        if (workload) {
            claims.put("nbf", now.getEpochSecond());
            claims.setAll(WorkloadToken.claims(as, order.claims(), now));
        } else {
            claims.put("scope", scope(key));
            claims.setAll(key.settings().claims().tree());
            if (!as.isEmpty()) {
                claims.put("sub", as);
                claims.setAll(persona(as).tree());
            }
            claims.setAll(order.claims());
        }
        order.sub().ifPresent(sub -> claims.put("sub", sub));
        order.scope().ifPresent(scope -> claims.put("scope", scope));
        if (order.aud().isTextual()) {
            claims.putArray("aud").add(order.aud().textValue());
        } else if (order.aud().isArray()) {
            claims.set("aud", order.aud());
        }
        return claims;
    }

    private List<String> audience(AccessKey key) {
        return isDevKey.test(key) && key.settings().audience().isEmpty()
                ? List.of(parts.settings().defaultAudience())
                : StandardIssuingRules.allowedAudiences(key.settings(), parts.settings());
    }

    private CustomClaims persona(String name) {
        return personas.find(name)
                .orElseThrow(() -> ServiceException.invalid(
                        "as",
                        "must be github, kubernetes or a persona of the seed; there are: "
                                + String.join(", ", personas.names())));
    }

    private AccessKey key(String id) {
        return parts.store()
                .accessKeys()
                .find(id)
                .orElseThrow(() -> ServiceException.invalid("key_id", "is not the id of a key here"));
    }

    private Duration lifetime(TokenOrder order, AccessKey key, String as) {
        Duration asked = order.expiresIn();
        if (asked != null) {
            return asked;
        }
        if (WorkloadToken.isKind(as)) {
            return WorkloadToken.lifetime(as);
        }
        Duration own = key.settings().tokenLifetime();
        return own == null ? parts.settings().defaultLifetime() : own;
    }

    private String scope(AccessKey key) {
        return isDevKey.test(key)
                ? parts.store().scopes().all().stream().map(Scope::name).collect(Collectors.joining(" "))
                : key.settings().scopes().toString();
    }

    /** So many random bytes in base64url. */
    static String random(SecureRandom random, int bytes) {
        byte[] drawn = new byte[bytes];
        random.nextBytes(drawn);
        return encoded(drawn);
    }

    static String encoded(ObjectNode part) {
        return BASE64URL.encodeToString(JsonBinding.text(part).getBytes(StandardCharsets.UTF_8));
    }

    static String encoded(byte[] part) {
        return BASE64URL.encodeToString(part);
    }
}
