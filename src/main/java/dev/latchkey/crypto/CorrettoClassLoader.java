package dev.latchkey.crypto;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Enumeration;
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
        try (InputStream in = getParent().getResourceAsStream(file)) {
            if (in == null) {
                throw new ClassNotFoundException(name);
            }
            byte[] bytes = in.readAllBytes();
            return defineClass(name, bytes, 0, bytes.length);
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
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

    private @Nullable URL fromArtifactOfPlatform(String name) {
        try {
            Enumeration<URL> candidates = getParent().getResources(name);
            while (candidates.hasMoreElements()) {
                URL candidate = candidates.nextElement();
                if (candidate.toString().contains(platform)) {
                    return candidate;
                }
            }
            return null;
        } catch (IOException e) {
            return null;
        }
    }
}
