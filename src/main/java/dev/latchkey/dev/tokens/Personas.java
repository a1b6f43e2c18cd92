package dev.latchkey.dev.tokens;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.latchkey.accesskey.CustomClaims;
import dev.latchkey.accesskey.importing.ImportSource;
import dev.latchkey.accesskey.importing.ImportVariables;
import dev.latchkey.error.ErrorKind;
import dev.latchkey.error.FieldError;
import dev.latchkey.error.ServiceException;
import dev.latchkey.json.JsonBinding;
import dev.latchkey.json.JsonSyntaxException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The people whom a stand-in knows: who they are and what tokens say of them. Thread-safe. */
public final class Personas {
    private static final int MAX_SUB = 200;
    private static final Set<String> FIELDS = Set.of("sub", "claims");

    private volatile Map<String, CustomClaims> claimsBySub = Map.of();

    /**
     * Takes the member {@code personas} of a seed, which may be missing.
     *
     * @param variables what <code>${NAME}</code> stands for
     * @throws ServiceException of kind INVALID that names every row and field at fault
     */
    public void read(ImportSource seed, ImportVariables variables) {
        JsonNode rows;
        try (InputStream in = seed.open()) {
            rows = JsonBinding.readObject(in.readAllBytes()).path("personas");
        } catch (JsonSyntaxException | IOException e) {
            throw ServiceException.of(ErrorKind.MISCONFIGURED, "The seed cannot be read again: " + e.getMessage(), e);
        }
        Map<String, CustomClaims> read = new LinkedHashMap<>();
        List<FieldError> errors = new ArrayList<>();
        if (!rows.isMissingNode() && !rows.isArray()) {
            errors.add(new FieldError("personas", "must be an array of objects with sub and claims"));
        }
        for (int i = 0; i < rows.size(); i++) {
            String place = "personas[" + i + "]";
            if (rows.get(i) instanceof ObjectNode row) {
                List<FieldError> unset = new ArrayList<>();
                variables.expand(row, unset);
                unset.forEach(error -> errors.add(new FieldError(place + "." + error.field(), error.message())));
            }
            read(rows.get(i), place, read, errors);
        }
        if (!errors.isEmpty()) {
            throw ServiceException.invalid(errors);
        }
        claimsBySub = Map.copyOf(read);
    }

    private static void read(JsonNode row, String place, Map<String, CustomClaims> read, List<FieldError> errors) {
        JsonNode sub = row.path("sub");
        JsonNode claims = row.path("claims");
        if (!row.isObject()) {
            errors.add(new FieldError(place, "must be an object with sub and claims"));
            return;
        }
        row.fieldNames().forEachRemaining(name -> {
            if (!FIELDS.contains(name)) {
                errors.add(FieldError.unknown(place + "." + name, "is not a field of a persona"));
            }
        });
        if (!sub.isTextual() || sub.textValue().isEmpty() || sub.textValue().length() > MAX_SUB) {
            errors.add(new FieldError(place + ".sub", "must be a string of 1 to " + MAX_SUB + " characters"));
            return;
        }
        if (WorkloadToken.isKind(sub.textValue())) {
            errors.add(new FieldError(place + ".sub", "must be another name: that one stands for a workload token"));
        }
        if (!claims.isMissingNode() && !claims.isObject()) {
            errors.add(new FieldError(place + ".claims", "must be an object"));
            return;
        }
        try {
            CustomClaims own = claims instanceof ObjectNode object ? CustomClaims.of(object) : CustomClaims.NONE;
            if (read.put(sub.textValue(), own) != null) {
                errors.add(new FieldError(place + ".sub", "stands there twice"));
            }
        } catch (ServiceException e) {
            e.errors().forEach(error -> errors.add(new FieldError(place + "." + error.field(), error.message())));
        }
    }

    /** What tokens say of a persona; empty when there is none of this name. */
    public Optional<CustomClaims> find(String sub) {
        return Optional.ofNullable(claimsBySub.get(sub));
    }

    /** Who there is, for a message. */
    public Set<String> names() {
        return claimsBySub.keySet();
    }
}
