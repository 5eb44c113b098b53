// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.containers.harness;

import static org.ops4j.pax.exam.CoreOptions.cleanCaches;
import static org.ops4j.pax.exam.CoreOptions.frameworkProperty;
import static org.ops4j.pax.exam.CoreOptions.streamBundle;
import static org.ops4j.pax.exam.CoreOptions.systemPackages;
import static org.ops4j.pax.exam.CoreOptions.url;
import static org.ops4j.pax.exam.CoreOptions.workingDirectory;

import dev.hatter.itests.peers.harness.Scratch;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarInputStream;
import java.util.stream.Stream;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.TestContainerFactory;
import org.ops4j.pax.exam.nat.internal.NativeTestContainerFactory;
import org.ops4j.pax.tinybundles.TinyBundles;

/** Felix in the JVM of the tests, with the bundles that the distribution has, and the OSGi Configurator. */
final class Felix implements Kind {
    private static final List<String> SERVICES = List.of(
            "org.osgi.util.function",
            "org.osgi.util.promise",
            "org.osgi.service.component",
            "org.apache.felix.log",
            "org.apache.felix.configadmin",
            "org.apache.felix.metatype",
            "org.apache.felix.scr",
            "org.apache.felix.gogo.runtime",
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

    private final Scratch scratch = Scratch.create();

    @Override
    public Class<? extends TestContainerFactory> factory() {
        return NativeTestContainerFactory.class;
    }

    @Override
    public Option[] options() {
        Kar kar = new Kar(scratch.directory("kar"));
        Path responder = copy(kar.jar("dev.hatter.responder"));
        System.setProperty("hatter.responder", responder.toString());
        System.setProperty("hatter.conf", scratch.directory("conf").toString());

        List<Option> options = new ArrayList<>();
        options.add(cleanCaches());
        options.add(workingDirectory(scratch.directory("exam").toString()));
        options.add(systemPackages(slf4j()));
        options.add(frameworkProperty("hatter.run")
                .value(scratch.path().resolve("run").toString()));
        fileInstall().forEach((key, value) -> options.add(frameworkProperty(key).value(value)));
        Stream.of(SERVICES, TEST_LIBRARIES)
                .flatMap(List::stream)
                .map(Jars::library)
                .forEach(jar -> options.add(bundle(jar)));
        kar.jars().forEach(jar -> options.add(bundle(jar)));
        options.add(bundle(Jars.library("org.apache.felix.fileinstall")));
        options.add(streamBundle(peersHarness()));
        return options.toArray(Option[]::new);
    }

    private static java.util.Map<String, String> fileInstall() {
        return java.util.Map.of(
                "felix.fileinstall.dir", System.getProperty("hatter.conf"),
                "felix.fileinstall.poll", "100",
                "felix.fileinstall.enableConfigSave", "false",
                "felix.fileinstall.configEncoding", "UTF-8",
                "felix.fileinstall.log.level", "2",
                "felix.fileinstall.log.default", "jul");
    }

    private static Option bundle(Path jar) {
        Option option = url(jar.toUri().toString());
        return isFragment(jar) ? ((org.ops4j.pax.exam.options.UrlProvisionOption) option).noStart() : option;
    }

    private static boolean isFragment(Path jar) {
        try (java.util.jar.JarFile file = new java.util.jar.JarFile(jar.toFile())) {
            return file.getManifest().getMainAttributes().getValue("Fragment-Host") != null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** 1.7 is what Pax Exam's own bundles ask for. */
    private static String[] slf4j() {
        String two = org.slf4j.LoggerFactory.class.getPackage().getImplementationVersion();
        return Stream.of("1.7.36", two)
                .flatMap(version -> Stream.of("org.slf4j", "org.slf4j.event", "org.slf4j.helpers", "org.slf4j.spi")
                        .map(name -> name + ";version=\"" + version + "\""))
                .toArray(String[]::new);
    }

    /** A worker's user must be able to read it. */
    private Path copy(Path jar) {
        try {
            return Files.copy(jar, scratch.path().resolve("responder.jar"));
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

    @Override
    public void close() {
        scratch.close();
    }
}
