package dev.latchkey.http.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.latchkey.http.dashboard.browser.Dashboard;
import dev.latchkey.http.dashboard.browser.Look;
import dev.latchkey.http.dashboard.browser.OnDeskAndPhone;
import dev.latchkey.http.dashboard.browser.Page;
import dev.latchkey.http.dashboard.browser.Soundness;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An Owner trusts an issuer, lets a key without a secret trust a subject of it, and sees what that does. */
@Tag("browser")
class IssuerPageTest {
    private static final String SUBJECT = "repo:acme/app:ref:refs/heads/main";

    private static final String WORKLOADS = "[aria-label='Trusted workloads'] tbody td";

    @RegisterExtension
    private static final Dashboard dashboard = Dashboard.fresh();

    private static final Page page = dashboard.page();
    private static final RSAKey KEY = rsa();

    private static RSAKey rsa() {
        try {
            return new RSAKeyGenerator(2048).keyID("w").generate();
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    @BeforeAll
    static void addScope() {
        dashboard.service().key("fx");
    }

    @AfterEach
    void nothingElse() {
        dashboard.isQuiet();
    }

    @OnDeskAndPhone
    void anIssuer_isTrusted_namedByAKeyWithoutSecret_andKeptUntilNoKeyNamesIt(Look look) throws Exception {
        dashboard.browser().show(look);
        String name = "github-" + look.name().toLowerCase(Locale.ROOT).replace('_', '-');
        String issuer = "https://i.example/" + name;
        page.openAs("owner");
        page.at("#/issuers");
        page.type("Name", name);
        page.type("Issuer", "http://i.example");
        page.press("Trust it");
        assertThat(page.errorAt("Issuer")).contains("https");
        page.type("Issuer", issuer);
        page.type("JWK Set (optional)", new JWKSet(KEY).toString(true));
        page.press("Trust it");
        page.sees("Trusts the issuer " + name + ".");
        page.seesRows("td.main", name);
        page.sees("given");
        Soundness.checkOnce(page.browser(), "issuers", look);

        page.at("#/keys/new");
        page.type("Name", "deploy job");
        page.tick("fx");
        page.press("More settings");
        page.tick("Make it without a secret");
        page.press("Create key");
        page.sees("is required for a key without jwks and federated");
        page.focus().comesTo("[name=without-secret]");
        Soundness.checkOnce(page.browser(), "create-without-secret", look);
        page.type("Trusted workloads (optional)", "[{\"issuer\": \"" + name + "\", \"subject\": \"" + SUBJECT + "\"}]");
        page.press("Create key");
        page.sees("“deploy job” is created.");
        page.isAt("deploy job");
        page.seesRows(WORKLOADS, SUBJECT, name, "never", "never");
        page.seesNot("Secrets");
        Soundness.checkOnce(page.browser(), "federated-key", look);

        assertThat(ask(token(issuer))).isEqualTo(200);
        page.browser().waiting().until(driver -> {
            page.press("Access keys");
            page.press("deploy job");
            page.sees(SUBJECT);
            return page.texts(WORKLOADS).equals(List.of(SUBJECT, name, "just now", "never"));
        });

        page.press("Add a secret");
        page.press("Make a secret");
        page.sees("Copy the secret now");
        page.press("Copy the client secret");
        page.press("Done");
        page.sees("Secrets, newest first");
        assertThat(page.offers("Rotate")).isTrue();

        page.at("#/issuers");
        page.press("Remove " + name);
        page.press("Remove");
        page.sees("still trust subjects");
        page.press("Cancel");
        page.noDialog();
        page.press("Access keys");
        page.press("deploy job");
        page.press("Delete");
        page.type("The key’s name", "deploy job");
        page.press("Delete for good");
        page.sees("is deleted");
        page.at("#/issuers");
        page.press("Remove " + name);
        page.press("Remove");
        page.sees("Removed the issuer " + name + ".");
        page.noDialog();
    }

    private static String token(String issuer) throws JOSEException {
        Instant now = dashboard.service().clock().instant();
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("w").build(),
                new JWTClaimsSet.Builder()
                        .issuer(issuer)
                        .subject(SUBJECT)
                        .audience(dashboard.service().issuer())
                        .issueTime(Date.from(now))
                        .expirationTime(Date.from(now.plusSeconds(60)))
                        .build());
        token.sign(new RSASSASigner(KEY));
        return token.serialize();
    }

    private static int ask(String token) {
        return dashboard
                .service()
                .send(dashboard
                        .service()
                        .request("/connect/token")
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString("grant_type=client_credentials&client_assertion_type="
                                + "urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer&client_assertion="
                                + token)))
                .statusCode();
    }
}
