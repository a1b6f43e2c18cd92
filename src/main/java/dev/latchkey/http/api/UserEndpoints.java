package dev.latchkey.http.api;

import dev.latchkey.http.exchange.Fields;
import dev.latchkey.permission.Role;
import dev.latchkey.user.User;
import dev.latchkey.user.UserJson;
import dev.latchkey.user.Users;
import io.javalin.http.Context;
import java.util.Optional;

/** {@code /api/users} and below. Thread-safe. */
public final class UserEndpoints {
    private final Users users;

    public UserEndpoints(Users users) {
        this.users = users;
    }

    /** {@code GET /api/users}: all users, by name. */
    public void list(Context ctx) {
        ApiAnswer.page(ctx, users.list(Caller.actorOf(ctx)), UserJson::of, null);
    }

    /** {@code POST /api/users}. */
    public void add(Context ctx) {
        Fields fields = new Fields(JsonBody.read(ctx));
        String name = fields.text("username");
        String password = fields.text("password");
        fields.require("role");
        Optional<Role> role = role(fields);
        fields.check();
        User added = users.add(Caller.actorOf(ctx), name, role.orElseThrow(), password);
        ApiAnswer.object(ctx, 201, UserJson.of(added));
    }

    /** {@code PATCH /api/users/{name}}: another role, another password, or both. */
    public void change(Context ctx) {
        Fields fields = new Fields(JsonBody.readPatch(ctx));
        Optional<Role> role = role(fields);
        Optional<String> password = fields.optionalText("password");
        fields.check();
        Caller caller = Caller.of(ctx);
        // Of sessions only the user's own can be kept: who changes the own password stays signed in here.
        User changed = users.change(caller.actor(), ctx.pathParam("name"), role, password, caller.session());
        ApiAnswer.object(ctx, 200, UserJson.of(changed));
    }

    /** {@code DELETE /api/users/{name}}. */
    public void remove(Context ctx) {
        users.remove(Caller.actorOf(ctx), ctx.pathParam("name"));
        ApiAnswer.none(ctx);
    }

    private static Optional<Role> role(Fields fields) {
        return fields.choice("role", Role::fromPublicName, "must be developer, admin or owner");
    }
}
