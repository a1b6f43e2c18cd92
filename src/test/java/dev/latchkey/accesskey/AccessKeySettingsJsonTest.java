package dev.latchkey.accesskey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.latchkey.error.ErrorKind;
import dev.latchkey.error.FieldError;
import dev.latchkey.error.ServiceException;
import dev.latchkey.json.JsonBinding;
import dev.latchkey.scope.ScopeSet;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccessKeySettingsJsonTest {
    private static final String JWKS = "{'keys':[{'kty':'EC','crv':'P-256',"
            + "'x':'MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4','y':'4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM'}]}";
    private static final AccessKeySettings FULL = new AccessKeySettings(
            "Orders",
            "Two\nlines",
            ScopeSet.of(List.of("vault", "fx")),
            false,
            Duration.ofMinutes(5),
            List.of("urn:a"),
            JWKS.replace('\'', '"'),
            new CustomClaims("{\"tenant\":\"x\",\"deep\":{\"a\":1,\"b\":2}}"),
            Instant.parse("2030-01-31T12:00:00Z"));

    @Test
    void create_nameAndScopes_restIsDefault() {
        assertThat(create("{'name':'n','scopes':['b','a','b']}"))
                .isEqualTo(AccessKeySettings.named("n", ScopeSet.of(List.of("b", "a"))));
    }

    @Test
    void create_everyField() {
        AccessKeySettings created = create("{'name':'Orders','description':'Two\\nlines','scopes':['vault','fx'],"
                + "'enabled':false,'token_lifetime':300,'audience':['urn:a'],'jwks':" + JWKS + ","
                + "'claims':{'tenant':'x','deep':{'a':1,'b':2}},'expires_at':'2030-01-31T13:00:00.9+01:00'}");

        assertThat(created).isEqualTo(FULL);
    }

    @Test
    void create_withoutNameAndScopes_namesBoth() {
        assertThat(wrong(() -> create("{}"))).containsExactly("name", "scopes");
        assertThat(wrong(() -> create("{'name':null,'scopes':null}"))).containsExactly("name", "scopes");
        assertThat(wrong(() -> create("{'name':'n','scopes':[]}"))).containsExactly("scopes");
    }

    @Test
    void merge_whatIsLeftOut_stays() {
        assertThat(merge("{}")).isEqualTo(FULL);
        assertThat(merge("{'name':'New'}").name()).isEqualTo("New");
        assertThat(merge("{'name':'New'}").scopes()).isEqualTo(FULL.scopes());
    }

    @Test
    void merge_null_resets() {
        AccessKeySettings reset = merge("{'description':null,'enabled':null,'token_lifetime':null,'audience':null,"
                + "'jwks':null,'claims':null,'expires_at':null}");

        assertThat(reset).isEqualTo(AccessKeySettings.named("Orders", FULL.scopes()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"name", "scopes"})
    void merge_null_ofWhatEveryKeyHas_isRefused(String field) {
        assertThat(wrong(() -> merge("{'" + field + "':null}"))).containsExactly(field);
    }

    /** RFC 7396 §1 and its appendix: objects merge at every depth, anything else replaces, null removes. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'more':true}            | {'tenant':'x','deep':{'a':1,'b':2},'more':true}",
                "{'tenant':null}          | {'deep':{'a':1,'b':2}}",
                "{'deep':{'a':null,'c':3}}| {'tenant':'x','deep':{'b':2,'c':3}}",
                "{'deep':[1,null]}        | {'tenant':'x','deep':[1,null]}",
                "{'tenant':{'a':null}}    | {'tenant':{},'deep':{'a':1,'b':2}}",
                "{'absent':null}          | {'tenant':'x','deep':{'a':1,'b':2}}",
                "{'tenant':null,'deep':null} | {}"
            })
    void merge_claims_byRfc7396(String patch, String result) {
        assertThat(merge("{'claims':" + patch + "}").claims().tree()).isEqualTo(json(result));
    }

    @Test
    void replace_claims_areThoseOfTheDocument_atEveryDepth() {
        AccessKeySettings replaced =
                AccessKeySettingsJson.replace(FULL, json("{'claims':{'deep':{'c':3},'none':null}}"));

        assertThat(replaced.claims().tree()).isEqualTo(json("{'deep':{'c':3}}"));
        assertThat(replaced.name()).isEqualTo("Orders");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "name|7",
                "name|{}",
                "description|[]",
                "scopes|'fx'",
                "scopes|['fx',1]",
                "scopes|['a b']",
                "scopes|['']",
                "scopes|[null]",
                "enabled|'true'",
                "enabled|1",
                "token_lifetime|'1h'",
                "token_lifetime|300.5",
                "token_lifetime|300.0",
                "token_lifetime|99999999999999999999",
                "token_lifetime|59",
                "token_lifetime|-300",
                "token_lifetime|true",
                "audience|'urn:a'",
                "audience|[['urn:a']]",
                "jwks|'{}'",
                "jwks|[]",
                "claims|[]",
                "claims|{'iss':'x'}",
                "expires_at|1893456000",
                "expires_at|'2030-01-31'",
                "expires_at|'2030-01-31T12:00:00'",
                "expires_at|'2030-02-30T12:00:00Z'",
                "expires_at|'1969-12-31T23:59:59Z'",
                "expires_at|'9999-12-31T23:59:59-00:01'",
                "expires_at|'10000-01-01T00:00:00Z'",
                "expires_at|'+99999-12-31T00:00:00Z'",
                "id|'x'",
                "secret|'x'",
                "created_at|null",
                "Name|'x'"
            })
    void merge_wrongTypesAndUnknownFields_areNamed(String field, String value) {
        assertThat(wrong(() -> merge("{'" + field + "':" + value + "}"))).containsExactly(field);
    }

    @Test
    void merge_expiry_mayBeTheLastSecondThatIsAllowed() {
        for (String never : List.of(
                "9999-12-31T23:59:59Z",
                "9999-12-31t23:59:59.999999999z",
                "9999-12-31T23:59:59.9999999999999Z",
                "9999-12-31T23:59:59+00:00",
                "9999-12-31T18:59:59-05:00")) {
            assertThat(merge("{'expires_at':'" + never + "'}").expiresAt())
                    .as(never)
                    .hasToString("9999-12-31T23:59:59Z");
        }
        assertThat(merge("{'expires_at':'1970-01-01T00:00:00Z'}").expiresAt()).isEqualTo(Instant.EPOCH);
    }

    @Test
    void merge_severalMistakes_areAllNamed() {
        assertThat(wrong(() -> merge("{'x':1,'name':1,'enabled':1,'token_lifetime':'1h'}")))
                .containsExactly("x", "name", "enabled", "token_lifetime");
        assertThat(wrong(() -> merge("{'name':'','token_lifetime':1}"))).containsExactly("name", "token_lifetime");
    }

    private static AccessKeySettings create(String json) {
        return AccessKeySettingsJson.create(json(json));
    }

    private static AccessKeySettings merge(String json) {
        return AccessKeySettingsJson.merge(FULL, json(json));
    }

    private static ObjectNode json(String text) {
        return JsonBinding.stored(text.replace('\'', '"'));
    }

    private static List<String> wrong(Runnable reading) {
        ServiceException failure = catchThrowableOfType(ServiceException.class, reading::run);
        assertThat(failure).isNotNull();
        assertThat(failure.kind()).isEqualTo(ErrorKind.INVALID);
        return failure.errors().stream().map(FieldError::field).toList();
    }
}
