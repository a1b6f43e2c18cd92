package dev.latchkey;

import dev.latchkey.accesskey.NewAccessKey;
import dev.latchkey.cli.Cli;
import dev.latchkey.cli.command.Commands;
import dev.latchkey.cli.terminal.CliContext;
import dev.latchkey.cli.terminal.Screen;
import dev.latchkey.harness.TestService;
import dev.latchkey.json.JsonBinding;
import dev.latchkey.permission.Actor;
import dev.latchkey.permission.Role;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/** What the words in capitals stand for in one call of {@link RoleTableTest}: things made for it alone. */
final class RoleTableThings {
    private static final AtomicInteger COUNTER = new AtomicInteger();
    private static final Actor OPERATOR = Actor.operator("test");
    private static final Pattern WORD = Pattern.compile("[A-Z]{3,}");

    private final TestService service;
    private final Path folder;
    private final NewAccessKey key;
    private final String fresh = "fresh-" + COUNTER.incrementAndGet();

    RoleTableThings(TestService service, Path folder) {
        this.service = service;
        this.folder = folder;
        this.key = service.key("fx");
    }

    /** What a command left behind. */
    record Run(int code, String out, String err) {}

    /** The text with the things in the place of their words. */
    String in(String text) {
        return WORD.matcher(text).replaceAll(match -> thing(match.group()));
    }

    private String thing(String word) {
        return switch (word) {
            case "KEY" -> key.key().id();
            case "SECRET" -> key.secret().reveal();
            case "FRESH" -> fresh;
            case "SCOPE" ->
                service.services()
                        .scopes()
                        .add(OPERATOR, List.of(fresh), "")
                        .get(0)
                        .name();
            case "USER" ->
                service.services()
                        .users()
                        .add(OPERATOR, fresh, Role.DEVELOPER, "a password of many words")
                        .name();
            case "ISSUER" ->
                service.services()
                        .issuers()
                        .add(OPERATOR, JsonBinding.object().put("name", fresh).put("issuer", "https://i.example"))
                        .name();
            case "URL" -> service.url();
            case "FILE" -> folder.resolve(fresh).toString();
            case "KEYS" -> file("keys", "{\"keys\":[{\"name\":\"" + fresh + "\",\"scopes\":[\"fx\"]}]}");
            case "PEM" -> file("pem", pem());
            case "MASTER" -> file("master", Base64.getEncoder().encodeToString(new byte[32]));
            case "COPY" -> copy();
            default -> word;
        };
    }

    /** Runs a command on the service's store. */
    Run run(String in, String... words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Map<String, String> env = Map.of(
                "LATCHKEY_DB",
                service.db().toString(),
                "LATCHKEY_KEY_SECRET",
                key.secret().reveal());
        CliContext context = new CliContext(
                env,
                new ByteArrayInputStream(in.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                service.clock(),
                null,
                Screen.NONE);
        int code = new Cli(context, Commands.table()).run(words);
        return new Run(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private static String pem() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            byte[] pkcs8 = generator.generateKeyPair().getPrivate().getEncoded();
            String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(pkcs8);
            return "-----BEGIN PRIVATE KEY-----\n" + base64 + "\n-----END PRIVATE KEY-----\n";
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has RSA", e);
        }
    }

    private String file(String name, String text) {
        try {
            Path file = Files.writeString(folder.resolve(name + "-" + fresh), text);
            return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"))
                    .toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String copy() {
        Path copy = folder.resolve("copy-" + fresh);
        service.services().backup(copy);
        return copy.toString();
    }
}
