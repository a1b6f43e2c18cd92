package dev.latchkey;

import dev.latchkey.LatchkeyException.Reason;
import dev.latchkey.client.ClientRefusedException;
import dev.latchkey.error.ServiceException;
import dev.latchkey.error.StartFailure;
import dev.latchkey.token.TokenRefusedException;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The one place where a failure of the service becomes one of the public API. */
final class Failures {
    private static final Pattern FLAG = Pattern.compile("--([a-z]+(?:-[a-z]+)*)");
    private static final Pattern DASH = Pattern.compile("-([a-z])");

    private Failures() {}

    /** What a call to a running service answers. */
    static <T> T translated(Supplier<T> call) {
        try {
            return call.get();
        } catch (ServiceException e) {
            throw new LatchkeyException(reason(e), e.reason(), e);
        } catch (ClientRefusedException | TokenRefusedException e) {
            throw new LatchkeyException(Reason.REFUSED, "No token: " + e.getMessage() + ".", e);
        }
    }

    /** The same for a start, whose messages name the flags of {@code serve} where the builder has methods. */
    static LatchkeyException ofStart(ServiceException failure) {
        String message = FLAG.matcher(failure.reason())
                .replaceAll(flag -> DASH.matcher(flag.group(1))
                        .replaceAll(letter -> letter.group(1).toUpperCase(Locale.ROOT)));
        return new LatchkeyException(reason(failure), message, failure);
    }

    private static Reason reason(ServiceException failure) {
        return switch (failure.kind()) {
            case INVALID, PRECONDITION_FAILED -> Reason.BAD_SETTING;
            case UNAUTHENTICATED, FORBIDDEN, TOO_MANY_REQUESTS -> Reason.REFUSED;
            case NOT_FOUND -> Reason.NOT_FOUND;
            case CONFLICT -> Reason.CONFLICT;
            case UNAVAILABLE -> Reason.STORE_UNREACHABLE;
            case MISCONFIGURED -> ofStart(failure.startFailure());
        };
    }

    private static Reason ofStart(@Nullable StartFailure failed) {
        if (failed == null) {
            return Reason.BAD_SETTING;
        }
        return switch (failed) {
            case ADDRESS -> Reason.PORT_TAKEN;
            case STORE_NEWER -> Reason.STORE_NEWER;
            case STORE -> Reason.STORE_UNUSABLE;
        };
    }
}
