package dev.latchkey.crypto;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.jspecify.annotations.Nullable;

/**
 * Loads the Corretto provider's classes so that they find the native library of this platform. The provider looks for
 * its library under one resource name on every platform; the runnable jar holds the library of each platform under
 * {@code native/<platform>/}, and on an embedding program's class path each platform's artifact holds it under that same
 * one name. This loader answers the provider's question with the right one. Thread-safe.
 */
final class CorrettoClassLoader extends ClassLoader {
    private static final String PACKAGE = "com.amazon.corretto.crypto.";
    private static final String LIBRARY_FOLDER = "com/amazon/corretto/crypto/provider/";

    static {
        registerAsParallelCapable();
    }

    private final String platform;

    /** The jar that holds the provider's classes; null = not found yet, or they are not in a jar. */
    private @Nullable JarFile home;

    /** By their URLs. */
    private final Map<String, JarFile> jars = new HashMap<>();

    CorrettoClassLoader(ClassLoader parent, String platform) {
        super(parent);
        this.platform = platform;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!name.startsWith(PACKAGE)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            return loaded == null ? define(name) : loaded;
        }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
        String file = name.replace('.', '/') + ".class";
        try (InputStream in = open(file)) {
            if (in == null) {
                throw new ClassNotFoundException(name);
            }
            byte[] bytes = in.readAllBytes();
            return defineClass(name, bytes, 0, bytes.length);
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
    }

    /** The whole class path is searched for the first class alone. */
    private @Nullable InputStream open(String file) throws IOException {
        JarFile known = knownHome();
        JarEntry there = known == null ? null : known.getJarEntry(file);
        if (known != null && there != null) {
            return known.getInputStream(there);
        }
        @Nullable URL found = getParent().getResource(file);
        return found == null ? null : unverified(found);
    }

    private synchronized @Nullable JarFile knownHome() {
        return home;
    }

    @Override
    public @Nullable URL getResource(String name) {
        String library = System.mapLibraryName("amazonCorrettoCryptoProvider");
        if (!name.equals(LIBRARY_FOLDER + library)) {
            return super.getResource(name);
        }
        URL packed = getParent().getResource("native/" + platform + "/" + library);
        return packed == null ? fromArtifactOfPlatform(name) : packed;
    }

    @Override
    public @Nullable InputStream getResourceAsStream(String name) {
        @Nullable URL found = getResource(name);
        try {
            return found == null ? null : unverified(found);
        } catch (IOException e) {
            return null;
        }
    }

    /**
     * What a URL names, without a check of the signatures in its jar, which is one of the class path. With it, loading takes
     * almost twice as long (2026-11-30, four pairs in turn on two busy cores: 4.0 s and 2.3 s).
     */
    private InputStream unverified(URL found) throws IOException {
        if (found.openConnection() instanceof JarURLConnection connection
                && connection.getEntryName() != null
                && connection.getJarFileURL().getProtocol().equals("file")) {
            JarFile jar = opened(connection.getJarFileURL());
            return jar.getInputStream(jar.getJarEntry(connection.getEntryName()));
        }
        return found.openStream();
    }

    /** Open as long as there is the loader: classes are looked for as long. */
    private synchronized JarFile opened(URL file) throws IOException {
        @Nullable JarFile known = jars.get(file.toString());
        if (known != null) {
            return known;
        }
        try {
            JarFile jar = new JarFile(new File(file.toURI()), false);
            jars.put(file.toString(), jar);
            if (home == null) {
                home = jar;
            }
            return jar;
        } catch (URISyntaxException | IllegalArgumentException e) {
            throw new IOException("the jar " + file + " is no file", e);
        }
    }

    private @Nullable URL fromArtifactOfPlatform(String name) {
        try {
            return Collections.list(getParent().getResources(name)).stream()
                    .filter(candidate -> candidate.toString().contains(platform))
                    .findFirst()
                    .orElse(null);
        } catch (IOException e) {
            return null;
        }
    }
}
