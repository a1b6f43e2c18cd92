package dev.latchkey.permission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.error.ServiceException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoleTest {
    /** The table of roles, as users see it. */
    @ParameterizedTest
    @CsvSource({
        "VIEW_KEYS,           true,  true,  true",
        "CREATE_KEYS,         true,  true,  true",
        "VIEW_SCOPES,         true,  true,  true",
        "VIEW_USERS,          false, true,  true",
        "VIEW_AUDIT,          false, true,  true",
        "CHANGE_KEYS,         false, false, true",
        "MANAGE_SCOPES,       false, false, true",
        "MANAGE_USERS,        false, false, true",
        "MANAGE_SIGNING_KEYS, false, false, true"
    })
    void may(Permission permission, boolean developer, boolean admin, boolean owner) {
        assertThat(Role.DEVELOPER.may(permission)).isEqualTo(developer);
        assertThat(Role.ADMIN.may(permission)).isEqualTo(admin);
        assertThat(Role.OWNER.may(permission)).isEqualTo(owner);
    }

    @ParameterizedTest
    @CsvSource({"DEVELOPER", "ADMIN"})
    void require_whatTheRoleMayNot_fails(Role role) {
        Actor actor = new Actor(Actor.Kind.USER, "ann", role, "127.0.0.1");

        assertThatThrownBy(() -> actor.require(Permission.CHANGE_KEYS))
                .isInstanceOf(ServiceException.class)
                .hasMessageContaining("may not edit");
    }
}
