package dev.latchkey.cli.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.latchkey.cli.Command;
import dev.latchkey.cli.Invocation;
import dev.latchkey.cli.file.InputFile;
import dev.latchkey.cli.output.Fields;
import dev.latchkey.cli.output.Table;
import dev.latchkey.cli.output.Times;
import dev.latchkey.cli.terminal.ExitCodes;
import dev.latchkey.client.WorkloadTokens;
import dev.latchkey.client.WorkloadTokens.Finding;
import dev.latchkey.config.Durations;
import dev.latchkey.error.ServiceException;
import dev.latchkey.issuer.JwksFetch;
import dev.latchkey.issuer.KeysPendingException;
import dev.latchkey.issuer.TrustedIssuer;
import dev.latchkey.issuer.TrustedIssuerJson;
import dev.latchkey.json.JsonBinding;
import dev.latchkey.json.JsonSyntaxException;
import dev.latchkey.server.Services;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The commands on trusted issuers, whose workload tokens keys may prove themselves by. */
final class IssuerCommands {
    private static final String ISSUER = "--issuer";
    private static final String JWKS_URI = "--jwks-uri";
    private static final String JWKS = "--jwks";
    private static final String AUDIENCE = "--audience";
    private static final String MAX_AGE = "--max-age";
    private static final String SINGLE_USE = "--single-use";
    private static final String CA_FILE = "--ca-file";
    private static final int LARGEST_FILE = 65_536;
    private static final int LARGEST_TOKEN = 16_384;
    private static final int NARROWEST = 20;

    private IssuerCommands() {}

    /** {@code issuers add}: an issuer whose tokens keys may trust from now on. */
    static Command add() {
        return Command.of(
                syntax -> syntax.words("NAME", 1, 1)
                        .value(ISSUER, "URL", "The iss of its tokens, exactly.")
                        .value(JWKS_URI, "URL", "Where its JWK Set is, if not where its metadata says.")
                        .value(JWKS, "FILE", "The JWK Set itself, where it cannot be fetched; - reads stdin.")
                        .value(AUDIENCE, "AUDIENCE", "The aud of its tokens, if not this service's issuer.")
                        .value(MAX_AGE, "DURATION", "How old its tokens may be (24h).")
                        .flag(SINGLE_USE, "Take each token once.")
                        .value(CA_FILE, "FILE", "PEM certificates that its host is trusted by.")
                        .optionsAreFields(Map.of("name", "NAME", "ca", CA_FILE))
                        .store()
                        .json()
                        .example("latchkey issuers add github \\")
                        .example("    --issuer https://token.actions.githubusercontent.com --single-use")
                        .example("latchkey issuers add cluster --issuer https://kubernetes.default.svc \\")
                        .example("    --jwks jwks.json"),
                IssuerCommands::add);
    }

    private static int add(Invocation run) {
        ObjectNode fields = JsonBinding.object()
                .put("name", run.word())
                .put("issuer", run.required(ISSUER, "give the iss of its tokens"));
        run.value(JWKS_URI).ifPresent(uri -> fields.put("jwks_uri", uri));
        run.value(AUDIENCE).ifPresent(audience -> fields.put("audience", audience));
        run.value(JWKS)
                .ifPresent(file -> fields.set("jwks", jwkSet(InputFile.read(file, LARGEST_FILE, run.context()))));
        run.value(MAX_AGE)
                .map(text -> Durations.parse(MAX_AGE, text))
                .ifPresent(age -> fields.put("max_age", age.toSeconds()));
        run.value(CA_FILE).ifPresent(file -> fields.put("ca", read(file, LARGEST_FILE, run)));
        fields.put("single_use", run.has(SINGLE_USE));
        try (Services services = run.storeOrNew()) {
            TrustedIssuer added = services.issuers().add(Invocation.operator(), fields);
            return run.print(() -> TrustedIssuerJson.of(added), "Added issuer " + added.name());
        }
    }

    private static String read(String file, int most, Invocation run) {
        return new String(InputFile.read(file, most, run.context()), StandardCharsets.UTF_8);
    }

    private static ObjectNode jwkSet(byte[] utf8) {
        try {
            return JsonBinding.readObject(utf8);
        } catch (JsonSyntaxException e) {
            throw ServiceException.invalid(JWKS, e.getMessage() + "; give a JWK Set, {\"keys\":[…]}");
        }
    }

    /** {@code issuers list}: whose tokens keys may trust. */
    static Command list() {
        return Command.of(syntax -> syntax.store().json().example("latchkey issuers list"), run -> {
            try (Services services = run.store()) {
                return run.list(
                        services.issuers().list(Invocation.operator()),
                        issuer -> TrustedIssuerJson.of(issuer),
                        "No issuer is trusted yet; latchkey issuers add makes one so.",
                        new Table<TrustedIssuer>()
                                .column("NAME", TrustedIssuer::name)
                                .column("ISSUER", NARROWEST, TrustedIssuer::issuer));
            }
        });
    }

    /** {@code issuers remove}: trusts an issuer that no key names no more. */
    static Command remove() {
        return Command.of(
                syntax -> syntax.words("NAME", 1, 1).store().example("latchkey issuers remove github"), run -> {
                    try (Services services = run.store()) {
                        services.issuers().remove(Invocation.operator(), run.word());
                        return run.print("Removed issuer " + run.word());
                    }
                });
    }

    /** {@code issuers show}: an issuer, its rules, and when its JWK Set was fetched. */
    static Command show() {
        return Command.of(
                syntax -> syntax.words("NAME", 1, 1).store().json().example("latchkey issuers show github"), run -> {
                    try (Services services = run.store()) {
                        TrustedIssuer issuer = services.issuers().get(Invocation.operator(), run.word());
                        JwksFetch fetch = services.issuers().fetch(Invocation.operator(), issuer);
                        return run.print(() -> TrustedIssuerJson.of(issuer, fetch), fields(issuer, fetch, run.now()));
                    }
                });
    }

    private static Fields fields(TrustedIssuer issuer, JwksFetch fetch, Instant now) {
        Fields fields = new Fields()
                .add("name", issuer.name())
                .add("issuer", issuer.issuer())
                .add("audience", Objects.requireNonNullElse(issuer.audience(), "the service's issuer"))
                .add("max age", issuer.maxAge().toSeconds() + "s")
                .add("single use", issuer.singleUse() ? "yes" : "no")
                .add("private CA", issuer.ca() == null ? "no" : "yes")
                .add("added", issuer.createdAt() + " by " + issuer.createdBy());
        String jwks = issuer.jwks();
        if (jwks != null) {
            return fields.add("JWK Set", jwks);
        }
        fields.add("JWK Set", Objects.requireNonNullElse(issuer.jwksUri(), "where the issuer's metadata says"))
                .add("fetched", Times.orNever(fetch.fetchedAt(), now));
        fetch.keys().forEach(key -> fields.add("key", key));
        Instant failed = fetch.failedAt();
        return failed == null ? fields : fields.add("last error", Times.relative(failed, now) + ": " + fetch.failure());
    }

    /** {@code issuers test}: says rule by rule what of a token fits, and spends nothing. */
    static Command test() {
        return Command.of(
                syntax -> syntax.words("NAME TOKEN", 2, 2)
                        .store()
                        .json()
                        .example("latchkey issuers test github - < token.jwt"),
                IssuerCommands::test);
    }

    private static int test(Invocation run) {
        String word = run.words().get(1);
        String token =
                word.equals(InputFile.STDIN) ? read(word, LARGEST_TOKEN, run).strip() : word;
        List<Finding> findings;
        try (Services services = run.store()) {
            TrustedIssuer issuer = services.issuers().get(Invocation.operator(), run.word());
            // Only a service that was started has an issuer, which is the audience where the trusted one has none.
            String audience = services.issuerLastServed().orElse("the issuer of this service, once it was started");
            findings = examine(services.workloads(audience), token, issuer, run);
        }
        Fields fields = new Fields();
        Map<String, String> rules = new LinkedHashMap<>();
        for (Finding finding : findings) {
            String result = finding.problem().orElse("fits");
            fields.add(finding.rule(), result);
            rules.put(finding.rule(), result);
        }
        boolean fits = findings.stream().allMatch(finding -> finding.problem().isEmpty());
        run.print(() -> Map.of("fits", fits, "rules", rules), fields);
        return fits ? ExitCodes.DONE : ExitCodes.FAILED;
    }

    /** Waits for the JWK Set as often as it is fetched: once, and once more for an unknown kid. */
    private static List<Finding> examine(WorkloadTokens tokens, String token, TrustedIssuer issuer, Invocation run) {
        while (true) {
            try {
                return tokens.examine(token, issuer, run.now());
            } catch (KeysPendingException e) {
                e.arrival().join();
            }
        }
    }
}
