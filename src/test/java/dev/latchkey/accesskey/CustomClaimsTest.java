package dev.latchkey.accesskey;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.error.ServiceException;
import dev.latchkey.json.JsonBinding;
import dev.latchkey.json.JsonSyntaxException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CustomClaimsTest {
    @ParameterizedTest
    @ValueSource(strings = {"{'a':'x\\u0000'}", "{'\\u0000':1}", "{'a':{'b':['\\u0000']}}"})
    void of_nul_isInvalid(String json) throws JsonSyntaxException {
        var claims = JsonBinding.readObject(json.replace('\'', '"'));

        assertThatThrownBy(() -> CustomClaims.of(claims))
                .isInstanceOf(ServiceException.class)
                .hasMessageStartingWith("claims ");
    }
}
