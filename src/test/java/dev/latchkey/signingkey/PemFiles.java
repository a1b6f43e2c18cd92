package dev.latchkey.signingkey;

import dev.latchkey.crypto.CorrettoProvider;
import dev.latchkey.crypto.ProviderKeyPairs;
import java.nio.file.Path;
import java.util.Base64;

/** Files with private keys in them. */
final class PemFiles {
    private PemFiles() {}

    /** Writes a new RSA key; answers its kid. */
    static String write(Path file, int bits) {
        return write(file, SigningAlgorithm.RS256, bits);
    }

    /** Writes a new key for this algorithm; answers its kid. */
    static String write(Path file, SigningAlgorithm algorithm) {
        return write(file, algorithm, 2048);
    }

    private static String write(Path file, SigningAlgorithm algorithm, int bits) {
        SigningKeyPair pair = new ProviderKeyPairs(CorrettoProvider.load()).generate(algorithm, bits);
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'})
                .encodeToString(pair.privateKey().pkcs8());
        MasterKeyFiles.write(file, "-----BEGIN PRIVATE KEY-----\n" + base64 + "\n-----END PRIVATE KEY-----\n");
        return pair.kid();
    }
}
