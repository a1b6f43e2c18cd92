package dev.latchkey.artifacts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.harness.Processes;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A program of one module that embeds a service, run by {@code java -p}. */
final class ModulePath {
    private static final String MODULE = "module com.example.host { requires dev.latchkey; }";
    private static final String MAIN = """
            package com.example.host;

            import dev.latchkey.Latchkey;

            public final class Host {
                public static void main(String[] args) {
                    try (Latchkey latchkey = Latchkey.builder().start()) {
                        var key = latchkey.keys().create("orders", "fx");
                        System.out.println(Latchkey.class.getModule() + " " + latchkey.tokenFor(key.id(), "fx"));
                    }
                }
            }
            """;

    private ModulePath() {}

    static Processes.Outcome run(Path folder, String jars) throws IOException {
        Path sources = folder.resolve("sources");
        Path host = sources.resolve("com/example/host/Host.java");
        Files.createDirectories(host.getParent());
        Files.writeString(host, MAIN);
        Files.writeString(sources.resolve("module-info.java"), MODULE);
        String modules = ofThisPlatform(jars);
        Path classes = folder.resolve("classes");

        int compiled = ToolProvider.findFirst("javac")
                .orElseThrow()
                .run(
                        System.out,
                        System.err,
                        "-d",
                        classes.toString(),
                        "-p",
                        modules,
                        sources.resolve("module-info.java").toString(),
                        host.toString());
        assertThat(compiled).isZero();

        return Processes.run(
                folder,
                Map.of(),
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-p",
                        classes + File.pathSeparator + modules,
                        "--add-modules",
                        "ALL-MODULE-PATH",
                        // For the one class that counts a request's header fields.
                        "--add-exports",
                        "org.eclipse.jetty.server/org.eclipse.jetty.server.internal=dev.latchkey",
                        "-m",
                        "com.example.host/com.example.host.Host"));
    }

    /** The native signer's jars are one module; on a machine of another kind the JDK signs. */
    private static String ofThisPlatform(String jars) {
        String kept = System.getProperty("os.arch").equals("aarch64") ? "aarch_64" : "linux-x86_64";
        return Stream.of(jars.split(File.pathSeparator, -1))
                .filter(jar -> !jar.contains("AmazonCorrettoCryptoProvider") || jar.contains(kept))
                .collect(Collectors.joining(File.pathSeparator));
    }
}
