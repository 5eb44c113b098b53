// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.apparmor.harness;

import dev.hatter.itests.apparmor.control.Activator;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** Packs the bundle that stops and starts others. */
final class ControlBundle {
    private ControlBundle() {}

    /** Puts it where the distribution's launcher finds it, in a folder of the last start level. */
    static void addTo(Path distribution) throws IOException {
        Path folder = Files.createDirectory(distribution.resolve("bundles/9-test"));
        Class<?> activator = Activator.class;
        String entry = activator.getName().replace('.', '/') + ".class";
        try (var jar = new JarOutputStream(Files.newOutputStream(folder.resolve("control.jar")), manifest(activator));
                InputStream content = activator.getResourceAsStream("/" + entry)) {
            jar.putNextEntry(new JarEntry(entry));
            content.transferTo(jar);
        }
    }

    private static Manifest manifest(Class<?> activator) {
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.putValue("Bundle-ManifestVersion", "2");
        attributes.putValue("Bundle-SymbolicName", "dev.hatter.itests.apparmor.control");
        attributes.putValue("Bundle-Activator", activator.getName());
        attributes.putValue("Import-Package", "org.osgi.framework");
        return manifest;
    }
}
