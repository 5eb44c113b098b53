// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.containers.inside;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;

/**
 * A bundle with a fake of the confinement service, which is there while the bundle is started. A bundle of its own: the
 * tests' own must not be wired to ours.
 */
public final class FakeConfinementBundle implements AutoCloseable {
    /** The only hat that it has. */
    public static final String HAT = "tenant";

    public static final String NAME = "fake-confinement";

    private static final String PACKAGE = "dev.hatter.itests.containers.fake";

    private final Bundle bundle;

    private FakeConfinementBundle(Bundle bundle) {
        this.bundle = bundle;
    }

    /** Installs it, not started. */
    public static FakeConfinementBundle install(Container container, String type) {
        try {
            return new FakeConfinementBundle(container.context().installBundle("fake:" + type, jar()));
        } catch (BundleException e) {
            throw new AssertionError(e);
        }
    }

    private static InputStream jar() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarOutputStream jar = new JarOutputStream(bytes, manifest())) {
            add(jar, "Activator");
            add(jar, "FakeConfinement");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new ByteArrayInputStream(bytes.toByteArray());
    }

    private static void add(JarOutputStream jar, String name) throws IOException {
        String entry = (PACKAGE + "." + name).replace('.', '/') + ".class";
        try (InputStream content = FakeConfinementBundle.class.getResourceAsStream("/" + entry)) {
            jar.putNextEntry(new JarEntry(entry));
            content.transferTo(jar);
        }
    }

    private static Manifest manifest() {
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.putValue("Bundle-ManifestVersion", "2");
        attributes.putValue("Bundle-SymbolicName", NAME);
        attributes.putValue("Bundle-Activator", PACKAGE + ".Activator");
        attributes.putValue("Import-Package", "dev.hatter.process;version=\"[1,2)\",org.osgi.framework");
        return manifest;
    }

    public void register() {
        try {
            bundle.start();
        } catch (BundleException e) {
            throw new AssertionError(e);
        }
    }

    public void unregister() {
        try {
            bundle.stop();
        } catch (BundleException e) {
            throw new AssertionError(e);
        }
    }

    /** Whether that process wears the hat. */
    public static boolean isWornBy(ProcessHandle process) {
        try {
            return Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status"))
                    .contains("NoNewPrivs:\t1");
        } catch (IOException e) {
            return false; // gone meanwhile
        }
    }

    @Override
    public void close() {
        try {
            bundle.uninstall();
        } catch (BundleException e) {
            throw new AssertionError(e);
        }
    }
}
