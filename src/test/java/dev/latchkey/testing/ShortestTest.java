package dev.latchkey.testing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoders;

class ShortestTest {
    @RegisterExtension
    static final LatchkeyExtension latchkey =
            LatchkeyExtension.builder().tokenTyp("JWT").build();

    @Test
    void token_isVerified() {
        Jwt token = JwtDecoders.fromIssuerLocation(latchkey.issuer().toString()).decode(latchkey.token("fx"));

        assertThat(token.getClaimAsString("scope")).isEqualTo("fx");
    }
}
