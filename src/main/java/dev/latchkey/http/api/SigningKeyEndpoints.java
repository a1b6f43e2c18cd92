package dev.latchkey.http.api;

import dev.latchkey.http.exchange.Fields;
import dev.latchkey.signingkey.RotationMode;
import dev.latchkey.signingkey.SigningKey;
import dev.latchkey.signingkey.SigningKeyJson;
import dev.latchkey.signingkey.SigningKeys;
import io.javalin.http.Context;
import java.util.List;

/** {@code /api/signing-keys} and below. Public parts and dates, nothing else. Thread-safe. */
public final class SigningKeyEndpoints {
    private final SigningKeys keys;

    public SigningKeyEndpoints(SigningKeys keys) {
        this.keys = keys;
    }

    /** {@code GET /api/signing-keys}: all that the JWK Set has. */
    public void list(Context ctx) {
        answer(ctx, keys.list(Caller.actorOf(ctx)));
    }

    /** {@code POST /api/signing-keys/rotate}; answers as {@link #list}, afterwards. */
    public void rotate(Context ctx) {
        Fields fields = new Fields(JsonBody.readOptional(ctx));
        boolean now = fields.optionalFlag("now");
        boolean compromised = fields.optionalFlag("compromised");
        fields.check();
        answer(ctx, keys.rotate(Caller.actorOf(ctx), mode(now, compromised)));
    }

    private static RotationMode mode(boolean now, boolean compromised) {
        if (compromised) {
            return RotationMode.COMPROMISED;
        }
        return now ? RotationMode.NOW : RotationMode.WHEN_KNOWN;
    }

    private static void answer(Context ctx, List<SigningKey> list) {
        ApiAnswer.page(ctx, list, SigningKeyJson::of, null);
    }
}
