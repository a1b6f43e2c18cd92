package dev.latchkey.issuer;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.latchkey.error.FieldError;
import dev.latchkey.error.ServiceException;
import dev.latchkey.json.JsonBinding;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A trusted issuer as JSON: the fields of the API, of {@code --json} and of import files.
 *
 * @param fetch what is known of the fetching of its JWK Set; null = not told here
 */
public record TrustedIssuerJson(
        String name,
        String issuer,
        @Nullable String jwksUri,
        @Nullable JsonNode jwks,
        @Nullable String audience,
        long maxAge,
        boolean singleUse,
        @Nullable String ca,
        Instant createdAt,
        String createdBy,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable JwksFetch fetch) {
    /** What Latchkey itself sets, and import files may hold. */
    private static final List<String> PASSED_OVER = List.of("created_at", "created_by", "fetch");

    private static final Set<String> FIELDS =
            Set.of("name", "issuer", "jwks_uri", "jwks", "audience", "max_age", "single_use", "ca");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    private static final Pattern PRINTABLE = Pattern.compile("[!-~]{1,500}");
    private static final Duration LEAST_AGE = Duration.ofMinutes(1);
    private static final Duration MOST_AGE = Duration.ofDays(30);
    private static final int LONGEST_CA = 64 * 1024;

    public static TrustedIssuerJson of(TrustedIssuer issuer) {
        return of(issuer, null);
    }

    public static TrustedIssuerJson of(TrustedIssuer issuer, @Nullable JwksFetch fetch) {
        String jwks = issuer.jwks();
        return new TrustedIssuerJson(
                issuer.name(),
                issuer.issuer(),
                issuer.jwksUri(),
                jwks == null ? null : JsonBinding.stored(jwks),
                issuer.audience(),
                issuer.maxAge().toSeconds(),
                issuer.singleUse(),
                issuer.ca(),
                issuer.createdAt(),
                issuer.createdBy(),
                fetch);
    }

    /** What import files hold of it. */
    public static ObjectNode row(TrustedIssuer issuer) {
        ObjectNode row = JsonBinding.object().setAll((ObjectNode) JsonBinding.tree(of(issuer)));
        row.remove(PASSED_OVER);
        row.properties().removeIf(field -> field.getValue().isNull());
        return row;
    }

    /**
     * Reads a new issuer.
     *
     * @throws ServiceException of kind INVALID that names every field at fault
     */
    public static TrustedIssuer read(ObjectNode document, Instant now, String createdBy) {
        List<FieldError> errors = new ArrayList<>();
        ObjectNode fields = JsonBinding.object().setAll(document);
        fields.remove(PASSED_OVER);
        fields.fieldNames().forEachRemaining(field -> {
            if (!FIELDS.contains(field)) {
                errors.add(FieldError.unknown(field, "is not a field that can be set"));
            }
        });
        String name = required(fields, "name", errors);
        if (!NAME.matcher(name).matches()) {
            errors.add(
                    new FieldError("name", "must be 1 to 64 of A-Z a-z 0-9 . _ -, and begin with a letter or digit"));
        }
        String issuer = required(fields, "issuer", errors);
        String jwksUri = text(fields, "jwks_uri", errors);
        String jwks = jwks(fields.path("jwks"), errors);
        checkSource(issuer, jwksUri, jwks, errors);
        String audience = text(fields, "audience", errors);
        if (audience != null && !PRINTABLE.matcher(audience).matches()) {
            errors.add(new FieldError("audience", "must be 1 to 500 printable ASCII characters without spaces"));
        }
        String ca = text(fields, "ca", errors);
        if (ca != null && !isCertificates(ca)) {
            errors.add(new FieldError("ca", "must be PEM certificates, " + LONGEST_CA + " bytes at most"));
        }
        Duration maxAge = maxAge(fields.path("max_age"), errors);
        JsonNode singleUse = fields.path("single_use");
        if (!singleUse.isMissingNode() && !singleUse.isBoolean()) {
            errors.add(new FieldError("single_use", "must be true or false"));
        }
        if (!errors.isEmpty()) {
            throw ServiceException.invalid(errors);
        }
        return new TrustedIssuer(
                name, issuer, jwksUri, jwks, audience, maxAge, singleUse.booleanValue(), ca, now, createdBy);
    }

    private static String required(ObjectNode fields, String name, List<FieldError> errors) {
        String text = text(fields, name, errors);
        if (!fields.hasNonNull(name)) {
            errors.add(new FieldError(name, "is required"));
        }
        return text == null ? "" : text;
    }

    private static @Nullable String text(ObjectNode fields, String name, List<FieldError> errors) {
        JsonNode value = fields.path(name);
        if (!value.isTextual() && !value.isMissingNode() && !value.isNull()) {
            errors.add(new FieldError(name, "must be a string"));
        }
        return value.textValue();
    }

    private static @Nullable String jwks(JsonNode value, List<FieldError> errors) {
        if (value instanceof ObjectNode set) {
            try {
                return PublicKeySet.read(set);
            } catch (ServiceException e) {
                errors.addAll(e.errors());
            }
        } else if (!value.isMissingNode() && !value.isNull()) {
            errors.add(new FieldError("jwks", "must be a JWK Set object"));
        }
        return null;
    }

    private static Duration maxAge(JsonNode value, List<FieldError> errors) {
        if (value.isMissingNode() || value.isNull()) {
            return TrustedIssuer.DEFAULT_MAX_AGE;
        }
        boolean whole = value.isIntegralNumber() && value.canConvertToLong();
        long seconds = whole ? value.longValue() : 0;
        if (seconds < LEAST_AGE.toSeconds() || seconds > MOST_AGE.toSeconds()) {
            errors.add(new FieldError(
                    "max_age", "must be " + LEAST_AGE.toSeconds() + " to " + MOST_AGE.toSeconds() + " whole seconds"));
        }
        return Duration.ofSeconds(seconds);
    }

    private static void checkSource(
            String issuer, @Nullable String jwksUri, @Nullable String jwks, List<FieldError> errors) {
        Optional<URI> url = url(issuer).filter(found -> found.getRawQuery() == null);
        if (url.isEmpty()) {
            errors.add(new FieldError("issuer", "must be an http or https URL, exactly as its tokens have it in iss"));
        } else if (jwksUri == null && jwks == null) {
            url.flatMap(JwksUrls::problem)
                    .ifPresent(why -> errors.add(new FieldError(
                            "issuer", why + "; give jwks_uri, or jwks where its keys cannot be fetched")));
        }
        if (jwksUri != null) {
            Optional<URI> place = url(jwksUri);
            if (place.isEmpty()) {
                errors.add(new FieldError("jwks_uri", "must be an https URL"));
            }
            place.flatMap(JwksUrls::problem).ifPresent(why -> errors.add(new FieldError("jwks_uri", why)));
        }
        if (jwksUri != null && jwks != null) {
            errors.add(new FieldError("jwks_uri", "and jwks exclude each other; give one of them"));
        }
    }

    private static Optional<URI> url(String text) {
        return PRINTABLE.matcher(text).matches() ? JwksUrls.absolute(text) : Optional.empty();
    }

    private static boolean isCertificates(String pem) {
        try {
            return pem.length() <= LONGEST_CA
                    && !CertificateFactory.getInstance("X.509")
                            .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8)))
                            .isEmpty();
        } catch (CertificateException e) {
            return false;
        }
    }
}
