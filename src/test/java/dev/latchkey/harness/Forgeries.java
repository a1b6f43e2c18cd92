package dev.latchkey.harness;

import static dev.latchkey.harness.Answers.claims;
import static dev.latchkey.harness.Answers.json;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.latchkey.json.JsonBinding;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Tokens that look like a genuine one and were not signed by its issuer, by what is wrong with them. */
public final class Forgeries {
    private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();
    private static final RSAKey STRANGER = stranger();

    private final String token;
    private final String[] parts;
    private final RSAKey published;
    private final Map<String, String> forged = new LinkedHashMap<>();

    private Forgeries(TestService service, String token) throws ParseException {
        this.token = token;
        this.parts = token.split("\\.", -1);
        this.published =
                (RSAKey) JWKSet.parse(service.get("/.well-known/jwks.json").body())
                        .getKeyByKeyId(SignedJWT.parse(token).getHeader().getKeyID());
    }

    /** Every forgery of a token that the service issued. */
    public static Map<String, String> of(TestService service, String token) {
        try {
            Forgeries forgeries = new Forgeries(service, token);
            forgeries.changeTheText();
            forgeries.signByOthers();
            return forgeries.forged;
        } catch (ParseException | JOSEException e) {
            throw new AssertionError(e);
        }
    }

    private void changeTheText() {
        Map<String, Object> more = new LinkedHashMap<>(claims(token));
        more.put("scope", "latchkey:owner");
        String kid = published.getKeyID();
        forged.put("tampered payload", parts[0] + "." + base64(JsonBinding.text(more)) + "." + parts[2]);
        forged.put("no signature", parts[0] + "." + parts[1] + ".");
        forged.put("two parts", parts[0] + "." + parts[1]);
        forged.put("padding", token + "==");
        for (String alg : List.of("none", "None", "nOnE", "")) {
            String header = base64("{\"alg\":\"" + alg + "\",\"typ\":\"at+jwt\",\"kid\":\"" + kid + "\"}");
            forged.put("alg '" + alg + "' without a signature", header + "." + parts[1] + ".");
            forged.put("alg '" + alg + "' with the old signature", header + "." + parts[1] + "." + parts[2]);
        }
        String critical = json(text(parts[0])).toString();
        forged.put("a header that is no JSON", base64(critical) + "." + parts[1] + "." + parts[2]);
        forged.put("crit", base64(text(parts[0]).replace("}", ",\"crit\":[\"x\"]}")) + "." + parts[1] + "." + parts[2]);
    }

    private void signByOthers() throws ParseException, JOSEException {
        byte[] der = published.toRSAPublicKey().getEncoded();
        String pem = "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END PUBLIC KEY-----\n";
        byte[] jwk = published.toJSONString().getBytes(StandardCharsets.UTF_8);
        for (Map.Entry<String, byte[]> secret : Map.of(
                        "DER", der, "PEM", pem.getBytes(StandardCharsets.UTF_8), "JWK", jwk)
                .entrySet()) {
            SignedJWT hs256 = new SignedJWT(header(JWSAlgorithm.HS256).build(), claimsSet());
            hs256.sign(new MACSigner(secret.getValue()));
            forged.put("HS256 with the public key as " + secret.getKey(), hs256.serialize());
        }
        JWK stranger = STRANGER.toPublicJWK();
        URI url = URI.create("https://evil.example/keys");
        put("a stranger's key under our kid", header(JWSAlgorithm.RS256));
        put("a stranger's kid", header(JWSAlgorithm.RS256).keyID(STRANGER.getKeyID()));
        put("no kid", header(JWSAlgorithm.RS256).keyID(null));
        put("PS256", header(JWSAlgorithm.PS256));
        put("jwk in the header", header(JWSAlgorithm.RS256).jwk(stranger));
        put(
                "jwk in the header, kid to match",
                header(JWSAlgorithm.RS256).jwk(stranger).keyID(STRANGER.getKeyID()));
        put("jku in the header", header(JWSAlgorithm.RS256).jwkURL(url).keyID(STRANGER.getKeyID()));
        put("x5u in the header", header(JWSAlgorithm.RS256).x509CertURL(url).keyID(STRANGER.getKeyID()));
    }

    private void put(String what, JWSHeader.Builder header) throws ParseException, JOSEException {
        SignedJWT signed = new SignedJWT(header.build(), claimsSet());
        signed.sign(new RSASSASigner(STRANGER));
        forged.put(what, signed.serialize());
    }

    private JWSHeader.Builder header(JWSAlgorithm alg) {
        return new JWSHeader.Builder(alg).type(new JOSEObjectType("at+jwt")).keyID(published.getKeyID());
    }

    private JWTClaimsSet claimsSet() throws ParseException {
        return SignedJWT.parse(token).getJWTClaimsSet();
    }

    private static RSAKey stranger() {
        try {
            return new RSAKeyGenerator(2048).keyIDFromThumbprint(true).generate();
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    private static String text(String part) {
        return new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8);
    }

    private static String base64(String text) {
        return BASE64URL.encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
