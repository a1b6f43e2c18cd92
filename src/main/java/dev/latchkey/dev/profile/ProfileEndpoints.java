package dev.latchkey.dev.profile;

import dev.latchkey.dev.profile.Profiles.Match;
import dev.latchkey.http.oauth.IntrospectionEndpoint;
import dev.latchkey.http.oauth.TokenEndpoint;
import dev.latchkey.jose.JwtSigner;
import dev.latchkey.server.ServiceParts;
import dev.latchkey.token.AccessTokenClaims;
import dev.latchkey.token.SignedClaims;
import dev.latchkey.token.TokenSigner;
import dev.latchkey.token.TokenTyp;
import dev.latchkey.token.issuing.IssuingRules;
import dev.latchkey.token.issuing.TokenIssuer;
import java.util.function.Function;

/** Makes the endpoint of a realm or tenant out of the service's parts, for one request: nothing is kept of a name. */
final class ProfileEndpoints {
    private final ServiceParts parts;
    private final Function<byte[], SignedClaims> reader;

    ProfileEndpoints(Profiles profiles, ServiceParts parts) {
        this.parts = parts;
        this.reader = profiles.claimsReader(parts.settings().issuer());
    }

    /** The endpoint at a path that takes a form. */
    ProfileEndpoint at(Match match) {
        Profile profile = match.profile();
        ProfileErrors errors = new ProfileErrors(
                profile, match.kind(), parts.store().accessKeys(), parts.http().clock());
        if (match.kind() == EndpointKind.INTROSPECTION) {
            IntrospectionEndpoint own = new IntrospectionEndpoint(parts.http().introspector());
            return new ProfileIntrospectionEndpoint(profile, match.place(), own, reader, errors);
        }
        TokenEndpoint issuing =
                new TokenEndpoint(issuer(profile, match.place()), parts.http().tokenListener());
        return new ProfileTokenEndpoint(profile, match.place(), issuing, errors);
    }

    private TokenIssuer issuer(Profile profile, String place) {
        String serviceIssuer = parts.settings().issuer();
        IssuingRules rules = new ProfileRules(parts.rules(), profile.audienceRule(), serviceIssuer);
        return new TokenIssuer(
                parts.authenticator(),
                parts.grants(),
                parts.uses(),
                signer(profile, place),
                parts.settings(),
                rules,
                parts.http().clock());
    }

    private TokenSigner signer(Profile profile, String place) {
        TokenTyp typ = profile.typ().orElse(parts.typ());
        String issuer = profile.issuerOf(parts.settings().issuer(), place);
        return profile.claims()
                .map(template -> {
                    Function<AccessTokenClaims, byte[]> writer =
                            claims -> ProfileClaims.write(profile, template, issuer, place, claims);
                    return new JwtSigner(parts.http().keySource()::signer, typ, writer);
                })
                .orElseGet(() -> new JwtSigner(parts.http().keySource()::signer, typ));
    }
}
