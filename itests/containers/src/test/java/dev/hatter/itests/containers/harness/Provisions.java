// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.containers.harness;

import static org.ops4j.pax.exam.CoreOptions.streamBundle;
import static org.ops4j.pax.exam.CoreOptions.url;

import dev.hatter.itests.peers.harness.Scratch;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.jar.JarInputStream;
import java.util.stream.Stream;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.options.UrlProvisionOption;
import org.ops4j.pax.tinybundles.TinyBundles;

/** What is installed into a container of either kind for the tests' sake. */
final class Provisions {
    private static final List<String> CONFIGURATOR = List.of(
            "org.apache.felix.converter",
            "org.apache.sling.commons.johnzon",
            "org.apache.felix.cm.json",
            "org.apache.felix.configurator");

    private static final List<String> TEST_LIBRARIES = List.of(
            "junit-jupiter-api",
            "junit-platform-commons",
            "opentest4j",
            "byte-buddy",
            "assertj-core",
            "awaitility",
            "hamcrest");

    private Provisions() {}

    /** The OSGi Configurator, which neither our distribution nor Karaf has, and what the tests are made of. */
    static Stream<Option> forTests() {
        Stream<Option> libraries = Stream.of(CONFIGURATOR, TEST_LIBRARIES)
                .flatMap(List::stream)
                .map(Jars::library)
                .map(Provisions::bundle);
        return Stream.concat(libraries, Stream.of(streamBundle(peersHarness())));
    }

    static Option bundle(Path jar) {
        UrlProvisionOption option = url(jar.toUri().toString());
        return isFragment(jar) ? option.noStart() : option;
    }

    private static boolean isFragment(Path jar) {
        try (JarFile file = new JarFile(jar.toFile())) {
            return file.getManifest().getMainAttributes().getValue("Fragment-Host") != null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream peersHarness() {
        try (JarInputStream jar = new JarInputStream(Files.newInputStream(Jars.library("hatter-itests-peers")))) {
            return TinyBundles.bundle()
                    .readIn(jar)
                    .setHeader("Bundle-ManifestVersion", "2")
                    .setHeader("Bundle-SymbolicName", "hatter-itests-peers")
                    .setHeader("Export-Package", "dev.hatter.itests.peers.harness")
                    .setHeader("DynamicImport-Package", "org.assertj.*,org.awaitility,org.awaitility.*")
                    .build(TinyBundles.rawBuilder());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Hatter's own application, where a worker's user can read it. */
    static Path responder(Kar kar, Scratch scratch) {
        try {
            return Files.copy(kar.jar("dev.hatter.responder"), scratch.path().resolve("responder.jar"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
