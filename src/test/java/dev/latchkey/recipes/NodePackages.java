package dev.latchkey.recipes;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.latchkey.harness.Processes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Packages of npm for tests with Node; a test is left out where Node is not installed or they cannot be fetched. */
public final class NodePackages {
    private NodePackages() {}

    /** Installs them into the folder, whose scripts can then import them. */
    public static void install(Path folder, String... packages) throws IOException {
        assumeTrue(Recipes.find("node").isPresent(), "node is installed");
        assumeTrue(Recipes.find("npm").isPresent(), "npm is installed");
        List<String> command = new ArrayList<>(List.of(
                "npm",
                "install",
                "--no-audit",
                "--no-fund",
                "--ignore-scripts",
                "--fetch-retries=0",
                "--prefer-offline",
                "--prefix",
                "."));
        command.addAll(List.of(packages));
        Processes.Outcome npm = Processes.run(folder, Map.of(), command);
        assumeTrue(npm.exitCode() == 0, () -> "npm can install " + List.of(packages) + ": " + npm.err());
    }
}
