// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.containers.inside;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;

/** A bundle that holds nothing but a pool's configuration for the OSGi Configurator. */
public final class JsonBundle {
    private JsonBundle() {}

    public static InputStream of(TestPool pool, int version) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarOutputStream jar = new JarOutputStream(bytes, manifest(pool, version))) {
            jar.putNextEntry(new JarEntry("OSGI-INF/configurator/pools.json"));
            jar.write(json(pool).getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new ByteArrayInputStream(bytes.toByteArray());
    }

    private static Manifest manifest(TestPool pool, int version) {
        Manifest manifest = new Manifest();
        Attributes main = manifest.getMainAttributes();
        main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        main.putValue("Bundle-ManifestVersion", "2");
        main.putValue("Bundle-SymbolicName", "json." + pool.name());
        main.putValue("Bundle-Version", version + ".0.0");
        main.putValue("Require-Capability", "osgi.extender;filter:=\"(osgi.extender=osgi.configurator)\"");
        return manifest;
    }

    private static String json(TestPool pool) {
        return pool.keys().entrySet().stream()
                .map(key -> "\"" + key.getKey() + "\": " + value(key.getValue()))
                .collect(Collectors.joining(
                        ",\n    ", "{\n  \"dev.hatter.pool~" + pool.name() + "\": {\n    ", "\n  }\n}\n"));
    }

    private static String value(Object value) {
        return value instanceof String text
                ? "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\""
                : value.toString();
    }
}
