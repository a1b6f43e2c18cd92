package dev.latchkey.jose;

import dev.latchkey.error.LogText;
import dev.latchkey.json.JsonReader;
import dev.latchkey.json.JsonSyntaxException;
import dev.latchkey.signingkey.PublicJwk;
import dev.latchkey.token.InvalidTokenException;
import dev.latchkey.token.SignedClaims;
import dev.latchkey.token.TokenTyp;
import dev.latchkey.token.TokenVerifier;
import java.security.Provider;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Verifies our own access tokens, and nothing else: a token must have the very header that {@link JwtSigner} writes,
 * {@code kid} of a key that is published, the {@code alg} that this key is for and {@code typ} at+jwt or JWT (whichever
 * of the two the service is told to write, its tokens from before count on), without any other member. The key says how its signatures are checked; the token chooses no algorithm, and brings no key along (RFC 8725
 * §3.1, §3.10, §3.11). Thread-safe.
 */
public final class JwtVerifier implements TokenVerifier {
    /** No token of ours that fits into a request is longer; bounds the work on one that is not. */
    private static final int MAX_LENGTH = 32 * 1024;

    private static final Set<String> HEADER_MEMBERS = Set.of("alg", "typ", "kid");

    private final Supplier<List<PublicJwk>> published;
    private final CompletableFuture<Optional<Provider>> accelerated;
    private final Function<byte[], SignedClaims> reader;
    private volatile Keys keys = new Keys(List.of(), Map.of());

    /** Bounds the memory that remembered tokens take to some megabytes. */
    private static final int MAX_REMEMBERED = 500;

    private static final int LONGEST_REMEMBERED = 4 * 1024;

    /**
     * The published keys as they were when last looked at.
     *
     * @param verified tokens that were verified, and what they say: one that a proxy asks about with each request is
     *     decoded once. As only verified tokens are here, only our signers can fill it.
     * @param byHeader encoded headers that stood before a good signature; only signers of ours can add one
     */
    private record Keys(
            List<PublicJwk> source,
            Map<String, PublishedKey> byKid,
            Map<String, SignedClaims> verified,
            Map<String, PublishedKey> byHeader) {
        Keys(List<PublicJwk> source, Map<String, PublishedKey> byKid) {
            this(source, byKid, new ConcurrentHashMap<>(), new ConcurrentHashMap<>());
        }

        /** Without the tokens. */
        @Override
        public String toString() {
            return "Keys" + byKid.keySet();
        }
    }

    /** Asks for the published keys at each token, from memory; {@code accelerated} verifies once it completes with a provider. */
    public JwtVerifier(Supplier<List<PublicJwk>> published, CompletableFuture<Optional<Provider>> accelerated) {
        this(published, accelerated, AccessTokenReader::read);
    }

    /** The same for claims in another form: {@code reader} takes a signed payload, or throws {@link InvalidTokenException}. */
    public JwtVerifier(
            Supplier<List<PublicJwk>> published,
            CompletableFuture<Optional<Provider>> accelerated,
            Function<byte[], SignedClaims> reader) {
        this.published = published;
        this.accelerated = accelerated;
        this.reader = reader;
    }

    @Override
    public SignedClaims verify(String token) {
        Keys current = currentKeys();
        SignedClaims remembered = current.verified().get(token);
        if (remembered != null) {
            return remembered;
        }
        SignedClaims claims = verify(CompactJws.parse(token, MAX_LENGTH), current);
        if (token.length() <= LONGEST_REMEMBERED) {
            if (current.verified().size() >= MAX_REMEMBERED) {
                current.verified().clear();
            }
            current.verified().put(token, claims);
        }
        return claims;
    }

    private SignedClaims verify(CompactJws jws, Keys current) {
        String header = jws.encodedHeader();
        PublishedKey known = current.byHeader().get(header);
        PublishedKey key = known == null ? find(jws, current) : known;
        if (!key.verifies(jws.signingInput(), jws.signature())) {
            throw new InvalidTokenException("the signature of the token does not match");
        }
        if (known == null) {
            current.byHeader().put(header, key);
        }
        return reader.apply(jws.payload());
    }

    private static PublishedKey find(CompactJws jws, Keys keys) {
        Map<String, Object> header;
        try {
            header = JsonReader.object(jws.header());
        } catch (JsonSyntaxException e) {
            throw new InvalidTokenException("the header of the token " + e.getMessage());
        }
        if (!TokenTyp.isOurs(header.get("typ"))) {
            throw new InvalidTokenException("the token has the typ " + said(header, "typ") + ", not at+jwt or JWT");
        }
        if (!HEADER_MEMBERS.containsAll(header.keySet())) {
            throw new InvalidTokenException("the header of the token has members that ours do not have");
        }
        PublishedKey key =
                header.get("kid") instanceof String kid ? keys.byKid().get(kid) : null;
        if (key == null) {
            throw new InvalidTokenException(
                    "the token names the kid " + said(header, "kid") + ", which is not published");
        }
        if (!key.alg().equals(header.get("alg"))) {
            throw new InvalidTokenException(
                    "the token has the alg " + said(header, "alg") + ", its key is for " + key.alg());
        }
        return key;
    }

    private static String said(Map<String, Object> header, String member) {
        return header.get(member) instanceof String text ? LogText.quoted(text) : "none";
    }

    /** Keeps the verifiers of keys that stay published. */
    private Keys currentKeys() {
        List<PublicJwk> now = published.get();
        Keys current = keys;
        if (!current.source().equals(now)) {
            Map<String, PublishedKey> byKid = new HashMap<>();
            for (PublicJwk jwk : now) {
                PublishedKey before = current.byKid().get(jwk.kid());
                boolean same = before != null && current.source().contains(jwk);
                byKid.put(jwk.kid(), same ? before : new PublishedKey(jwk, accelerated));
            }
            current = new Keys(now, byKid);
            keys = current;
        }
        return current;
    }
}
