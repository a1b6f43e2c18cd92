package dev.latchkey.dev;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.net.MalformedURLException;
import java.net.URI;
import java.text.ParseException;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtAudienceValidator;
import org.springframework.security.oauth2.jwt.JwtDecoders;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtIssuedAtValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

/**
 * Other people's verifiers, each with the options that its caller names: {@code iss}, {@code aud}, {@code exp},
 * {@code typ}, {@code iat}. A verifier says whether it accepts a token.
 */
final class OfflineVerifiers {
    private static final String TYP = "JWT";

    private OfflineVerifiers() {}

    /** Nimbus' processor, which is given the JWK Set and the algorithm. */
    static Predicate<String> nimbus(String issuer, String audience, JWSAlgorithm algorithm, Set<String> options) {
        DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
        try {
            var jwks = JWKSourceBuilder.create(
                            URI.create(issuer + "/.well-known/jwks.json").toURL())
                    .build();
            processor.setJWSKeySelector(new JWSVerificationKeySelector<>(algorithm, jwks));
        } catch (MalformedURLException e) {
            throw new AssertionError(e);
        }
        if (options.contains("typ")) {
            processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(new JOSEObjectType(TYP)));
        }
        JWTClaimsSet.Builder exact = new JWTClaimsSet.Builder();
        if (options.contains("iss")) {
            exact.issuer(issuer);
        }
        processor.setJWTClaimsSetVerifier(new DefaultJWTClaimsVerifier<>(
                options.contains("aud") ? audience : null,
                exact.build(),
                options.contains("exp") ? Set.of("exp") : Set.of()));
        return token -> {
            try {
                processor.process(token, null);
                return true;
            } catch (ParseException | BadJOSEException | JOSEException e) {
                return false;
            }
        };
    }

    /** Spring Security's decoder as {@code issuer-uri} makes it. */
    static Predicate<String> spring(String issuer, String audience, Set<String> options) {
        NimbusJwtDecoder decoder = JwtDecoders.fromIssuerLocation(issuer);
        JwtTimestampValidator times = new JwtTimestampValidator();
        times.setAllowEmptyExpiryClaim(false);
        List<OAuth2TokenValidator<Jwt>> more = List.of(
                JwtValidators.createDefaultWithIssuer(issuer),
                options.contains("aud") ? new JwtAudienceValidator(audience) : JwtValidators.createDefault(),
                options.contains("exp") ? times : JwtValidators.createDefault(),
                options.contains("iat") ? new JwtIssuedAtValidator(true) : JwtValidators.createDefault());
        if (!options.isEmpty()) {
            decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>(more));
        }
        return token -> {
            try {
                decoder.decode(token);
                return true;
            } catch (JwtException e) {
                return false;
            }
        };
    }

    /** Prints, for each token in {@code tokens.json}, which options refuse it; none means as it comes. */
    static final String JOSE = """
            import { readFileSync } from 'node:fs';
            import { createRemoteJWKSet, jwtVerify } from 'jose';
            const [issuer, audience] = process.argv.slice(2);
            const jwks = createRemoteJWKSet(new URL(issuer + '/.well-known/jwks.json'));
            const options = {
              iss: { issuer }, aud: { audience }, exp: { requiredClaims: ['exp'] },
              typ: { typ: 'JWT' }, iat: { maxTokenAge: '1d' },
            };
            const refuses = (token, option) => jwtVerify(token, jwks, option).then(() => false, () => true);
            const outcome = async token => {
              if (await refuses(token, {})) return 'as it comes';
              for (const [name, option] of Object.entries(options)) {
                if (await refuses(token, option)) return 'with `' + name + '`';
              }
              return 'accepted';
            };
            const [good, ...bad] = JSON.parse(readFileSync('tokens.json', 'utf8'));
            await jwtVerify(good, jwks, Object.assign({}, ...Object.values(options)));
            for (const token of bad) console.log(await outcome(token));
            """;
}
