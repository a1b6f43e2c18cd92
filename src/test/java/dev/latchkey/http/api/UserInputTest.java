package dev.latchkey.http.api;

import static dev.latchkey.harness.Answers.fieldsAtFault;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.harness.ApiClient;
import dev.latchkey.harness.TestService;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is no user, over HTTP. */
class UserInputTest {
    private static final TestService service = TestService.shared();

    private static ApiClient owner;

    @BeforeAll
    static void start() {
        owner = ApiClient.owner(service);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {}                                                                        | username,password,role
            {"username":"","password":"a long password","role":"admin"}               | username
            {"username":"a b","password":"a long password","role":"admin"}            | username
            {"username":"..","password":"a long password","role":"admin"}             | username
            {"username":"a","password":"elevenchars","role":"admin"}                  | password
            {"username":"a b","password":"short","role":"admin"}                      | username,password
            {"username":"a","password":"a long password","role":"Owner"}              | role
            {"username":"a","password":"a long password","role":""}                   | role
            {"username":"a","password":"a long password","role":null}                 | role
            {"username":"a","password":["a long password"],"role":"admin"}            | password
            {"username":"a","password":"a long password","role":"admin","x":1,"id":2} | x,id
            """)
    void add_whatIsWrong_isNamed(String body, String fields) {
        assertThat(fieldsAtFault(owner.post("/api/users", body))).containsExactly(fields.split(","));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"role\":\"root\"}", "{\"role\":null}", "{\"role\":1}"})
    void anUnknownRole_is422(String body) {
        assertThat(fieldsAtFault(owner.patch("/api/users/owner", body))).containsExactly("role");
    }

    @Test
    void aNameCannotBeChanged() {
        assertThat(fieldsAtFault(owner.patch("/api/users/owner", "{\"username\":\"boss\"}")))
                .containsExactly("username");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nobody", "%20", "a%20b", "%C3%A9", "...", "a%27%20OR%20%271%27=%271"})
    void unknownAndImpossibleNames_are404(String name) {
        assertThat(owner.patch("/api/users/" + name, "{\"role\":\"admin\"}").statusCode())
                .isEqualTo(404);
        assertThat(owner.patch("/api/users/" + name, "{}").statusCode()).isEqualTo(404);
        assertThat(owner.delete("/api/users/" + name).statusCode()).isEqualTo(404);
    }
}
