package dev.latchkey.dev.profile;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.accesskey.AccessKeyIds;
import dev.latchkey.accesskey.AccessKeyStore;
import dev.latchkey.client.ClientProof;
import dev.latchkey.client.ClientRefusedException;
import dev.latchkey.dev.profile.Profiles.Match;
import dev.latchkey.error.LogText;
import dev.latchkey.error.ServiceException;
import dev.latchkey.http.exchange.Answer;
import dev.latchkey.http.exchange.Answer.Header;
import dev.latchkey.http.exchange.ErrorBody;
import dev.latchkey.http.exchange.FormRequest;
import dev.latchkey.http.exchange.HttpRefusal;
import dev.latchkey.http.oauth.ClientCredentialsReader;
import dev.latchkey.json.JsonBinding;
import dev.latchkey.token.OAuthError;
import dev.latchkey.token.TokenRefusedException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Says an error as a provider does. Unlike the contract's, such an answer may tell an unknown client from a wrong secret:
 * the provider's does, and a stand-in has nothing to protect. Thread-safe.
 */
record ProfileErrors(Match match, AccessKeyStore keys, Clock clock) {
    private static final DateTimeFormatter SECONDS =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss'Z'").withZone(ZoneOffset.UTC);

    /**
     * The provider's answer.
     *
     * @param request null = the form could not be read
     * @param usual what the contract answers
     */
    Answer answer(RuntimeException failure, @Nullable FormRequest request, Answer usual) {
        Map<String, Object> values = new HashMap<>();
        values.put("place", match.place());
        values.put("grant_type", shown(request, "grant_type"));
        values.put("scope", shown(request, "scope"));
        values.put("target", target(request));
        values.put("detail", detail(failure));
        values.put("trace_id", UUID.randomUUID().toString());
        values.put("correlation_id", UUID.randomUUID().toString());
        values.put("timestamp", SECONDS.format(clock.instant()));

        ErrorCase what = caseOf(failure, request);
        JsonNode told = told(what);
        // What is wrong as HTTP keeps its status: a body that is too large, of another type, or late.
        int status = failure instanceof HttpRefusal
                ? usual.status()
                : told.path("status").asInt(usual.status());
        String code = told.path("error").asText(what.wider().orElse(what).publicName());
        values.put("error", code);
        values.put("code", told.path("code").asInt());
        String description = told.path("description").asText("{detail}");
        values.put("description", JsonTemplate.text(description, values));
        List<Header> headers = usual.headers().stream()
                .filter(header -> !header.name().equalsIgnoreCase("WWW-Authenticate"))
                .toList();
        ErrorBody body =
                ErrorBody.json(JsonBinding.bytes(match.profile().error().fill(values)));
        return Answer.error(status, code, body, headers).because(String.valueOf(usual.reason()));
    }

    /** What the profile says of a case, or of the wider one; nothing where it is as in the contract. */
    private JsonNode told(ErrorCase what) {
        JsonNode ofKind = match.profile().errors().get(match.kind().publicName() + "_" + what.publicName());
        JsonNode told = ofKind == null ? match.profile().errors().get(what.publicName()) : ofKind;
        return told != null ? told : what.wider().map(this::told).orElseGet(JsonBinding::object);
    }

    private ErrorCase caseOf(RuntimeException failure, @Nullable FormRequest request) {
        if (failure instanceof ClientRefusedException && request != null) {
            return clientCase(request);
        }
        if (failure instanceof TokenRefusedException refused) {
            return caseOf(refused.error(), request);
        }
        if (failure instanceof HttpRefusal refusal && refusal.status() < 500) {
            return ErrorCase.INVALID_REQUEST;
        }
        boolean unavailable = failure instanceof ServiceException || failure instanceof HttpRefusal;
        return unavailable ? ErrorCase.TEMPORARILY_UNAVAILABLE : ErrorCase.SERVER_ERROR;
    }

    private ErrorCase caseOf(OAuthError error, @Nullable FormRequest request) {
        return switch (error) {
            case INVALID_REQUEST ->
                match.kind() == EndpointKind.TOKEN && isMissing(request, "grant_type")
                        ? ErrorCase.MISSING_GRANT_TYPE
                        : ErrorCase.INVALID_REQUEST;
            case INVALID_SCOPE -> isMissing(request, "scope") ? ErrorCase.MISSING_SCOPE : ErrorCase.INVALID_SCOPE;
            default -> ErrorCase.valueOf(error.name());
        };
    }

    private ErrorCase clientCase(FormRequest request) {
        ClientProof proof = ClientCredentialsReader.read(request);
        if (proof instanceof ClientProof.Credentials credentials) {
            return isKnown(credentials.clientId()) ? ErrorCase.INVALID_CLIENT : ErrorCase.UNKNOWN_CLIENT;
        }
        if (proof instanceof ClientProof.None && request.authorization().isEmpty()) {
            return isMissing(request, "client_id") ? ErrorCase.MISSING_CLIENT_ID : ErrorCase.MISSING_CLIENT_SECRET;
        }
        return ErrorCase.INVALID_CLIENT;
    }

    private boolean isKnown(String clientId) {
        try {
            return AccessKeyIds.isValid(clientId) && keys.find(clientId).isPresent();
        } catch (ServiceException e) {
            return true;
        }
    }

    private static boolean isMissing(@Nullable FormRequest request, String parameter) {
        return request != null && request.form().get(parameter) == null;
    }

    /** What was sent, unless it could be a secret in the wrong place. */
    private static String shown(@Nullable FormRequest request, String parameter) {
        String sent = request == null ? null : request.form().get(parameter);
        String quoted = LogText.quoted(sent == null ? "" : sent);
        return quoted.startsWith("\"") ? quoted.substring(1, quoted.length() - 1) : quoted;
    }

    private static String target(@Nullable FormRequest request) {
        for (String parameter : List.of("audience", "resource", "scope")) {
            if (!isMissing(request, parameter)) {
                return shown(request, parameter).replaceFirst("/\\.default$", "");
            }
        }
        return "";
    }

    private static String detail(RuntimeException failure) {
        if (failure instanceof TokenRefusedException refused) {
            return refused.description();
        }
        if (failure instanceof HttpRefusal refusal) {
            return refusal.description();
        }
        return failure instanceof ServiceException ? String.valueOf(failure.getMessage()) : "";
    }
}
