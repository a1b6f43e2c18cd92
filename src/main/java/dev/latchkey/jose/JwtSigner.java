package dev.latchkey.jose;

import dev.latchkey.json.ObjectBytes;
import dev.latchkey.signingkey.KeySigner;
import dev.latchkey.token.AccessTokenClaims;
import dev.latchkey.token.TokenSigner;
import dev.latchkey.token.TokenTyp;
import java.time.Duration;
import java.util.Base64;
import java.util.function.Function;

/**
 * Signs access tokens as JWS in compact form (RFC 7515 §7.1): header {@code alg} of the key, {@code typ} as set
 * (at+jwt of RFC 9068 §2.1, or JWT), {@code kid}. Thread-safe.
 */
public final class JwtSigner implements TokenSigner {
    private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();

    private final Function<Duration, KeySigner> activeSigner;
    private final TokenTyp typ;
    private final Function<AccessTokenClaims, byte[]> writer;
    private volatile Header header = new Header("", "", TokenTyp.AT_JWT);

    /** The encoded header that names a kid; changes only when the signing key does. */
    private static final class Header {
        final String kid;
        final byte[] encoded;

        Header(String kid, String algorithm, TokenTyp typ) {
            this.kid = kid;
            this.encoded = BASE64URL.encode(header(algorithm, typ, kid));
        }
    }

    /** Asks for the active signer at each token, and says how long that is to live. */
    public JwtSigner(Function<Duration, KeySigner> activeSigner, TokenTyp typ) {
        this(activeSigner, typ, ClaimsJson::write);
    }

    /** The same with claims in another form; {@code writer} makes the JSON of a token's payload. */
    public JwtSigner(
            Function<Duration, KeySigner> activeSigner, TokenTyp typ, Function<AccessTokenClaims, byte[]> writer) {
        this.activeSigner = activeSigner;
        this.typ = typ;
        this.writer = writer;
    }

    @Override
    public byte[] sign(AccessTokenClaims claims) {
        KeySigner signer = activeSigner.apply(Duration.between(claims.issuedAt(), claims.expiresAt()));
        byte[] signingInput = join(headerOf(signer), BASE64URL.encode(writer.apply(claims)));
        return join(signingInput, BASE64URL.encode(signer.sign(signingInput)));
    }

    /** The JOSE header (RFC 7515 §4) as JSON. */
    static byte[] header(String algorithm, TokenTyp typ, String kid) {
        return new ObjectBytes(128)
                .field("alg", algorithm)
                .field("typ", typ.headerValue())
                .field("kid", kid)
                .end();
    }

    private byte[] headerOf(KeySigner signer) {
        Header current = header;
        if (!current.kid.equals(signer.kid())) {
            current = new Header(signer.kid(), signer.algorithm().publicName(), typ);
            header = current;
        }
        return current.encoded;
    }

    private static byte[] join(byte[] first, byte[] second) {
        byte[] joined = new byte[first.length + 1 + second.length];
        System.arraycopy(first, 0, joined, 0, first.length);
        joined[first.length] = '.';
        System.arraycopy(second, 0, joined, first.length + 1, second.length);
        return joined;
    }
}
