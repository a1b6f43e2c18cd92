package dev.latchkey.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The peer whose start is compared: node's oidc-provider with one client, its signing key in a file. */
final class OidcProvider {
    private static final String VERSION = "9.13.3";
    private static final String SECRET = "the-secret-of-the-one-client-of-the-peer";
    private static final String SCRIPT = """
            import { existsSync, readFileSync, writeFileSync } from 'node:fs';
            import { generateKeyPairSync } from 'node:crypto';
            import { join } from 'node:path';
            import Provider from 'oidc-provider';

            const port = Number(process.argv[2]);
            const file = join(import.meta.dirname, 'key.json');
            if (!existsSync(file)) {
              const key = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' });
              writeFileSync(file, JSON.stringify({ ...key, use: 'sig', alg: 'RS256', kid: 'bench' }));
            }
            const api = {
              scope: 'bench', audience: 'https://api.example.com', accessTokenFormat: 'jwt', accessTokenTTL: 3600,
              jwt: { sign: { alg: 'RS256' } },
            };
            new Provider(`http://127.0.0.1:${port}`, {
              jwks: { keys: [JSON.parse(readFileSync(file, 'utf8'))] },
              scopes: ['bench'],
              clients: [{
                client_id: 'bench', client_secret: process.env.BENCH_SECRET, grant_types: ['client_credentials'],
                redirect_uris: [], response_types: [],
              }],
              features: {
                clientCredentials: { enabled: true },
                devInteractions: { enabled: false },
                resourceIndicators: {
                  enabled: true, defaultResource: () => api.audience, getResourceServerInfo: () => api,
                },
              },
            }).listen(port, '127.0.0.1');
            """;

    private final Path script;

    private OidcProvider(Path script) {
        this.script = script;
    }

    /** Fetches it with npm; empty, and the table says so, where that cannot be done. */
    static Optional<OidcProvider> install(Setup setup) throws IOException {
        if (!Tool.isInstalled("node") || !Tool.isInstalled("npm")) {
            setup.table().missing("node and npm: starts are not compared with oidc-provider's");
            return Optional.empty();
        }
        Path folder = Files.createDirectory(setup.folder().resolve("oidc-provider"));
        try {
            var unused = Tool.run(
                    Map.of(),
                    List.of(
                            "npm",
                            "install",
                            "--prefix=" + folder,
                            "--no-audit",
                            "--no-fund",
                            "--ignore-scripts",
                            "--fetch-retries=0",
                            "--fetch-timeout=30000",
                            "oidc-provider@" + VERSION));
        } catch (IOException e) {
            setup.table().missing("oidc-provider: npm could not install it, so starts are not compared with its");
            return Optional.empty();
        }
        return Optional.of(new OidcProvider(Files.writeString(folder.resolve("peer.mjs"), SCRIPT)));
    }

    ServiceProcess start() throws IOException {
        return ServiceProcess.start(
                port -> List.of("node", script.toString(), String.valueOf(port)),
                Map.of("BENCH_SECRET", SECRET),
                script.resolveSibling("peer.log"),
                Request.token("/token", "bench", SECRET));
    }
}
