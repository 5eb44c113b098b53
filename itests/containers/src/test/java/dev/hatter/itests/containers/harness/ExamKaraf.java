// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.containers.harness;

import static org.ops4j.pax.exam.CoreOptions.streamBundle;
import static org.ops4j.pax.exam.CoreOptions.systemProperty;
import static org.ops4j.pax.exam.CoreOptions.systemTimeout;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.configureConsole;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.editConfigurationFilePut;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.features;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.karafDistributionConfiguration;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.replaceConfigurationFile;

import dev.hatter.itests.containers.invoker.Activator;
import dev.hatter.itests.containers.invoker.PlainInvoker;
import dev.hatter.itests.peers.harness.Logs;
import dev.hatter.itests.peers.harness.Machine;
import dev.hatter.itests.peers.harness.Scratch;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.TestContainerFactory;
import org.ops4j.pax.exam.karaf.container.internal.KarafTestContainerFactory;
import org.ops4j.pax.exam.karaf.options.KarafExamSystemConfigurationOption;
import org.ops4j.pax.exam.karaf.options.libraries.OverrideJUnitBundlesOption;
import org.ops4j.pax.tinybundles.TinyBundles;

/**
 * A Karaf in a process of its own, with the feature {@code hatter-apparmor} and the OSGi Configurator. The demo pool's file
 * is there already, as a user's may be: it listens elsewhere, and has no worker until it is asked.
 */
final class ExamKaraf implements Kind {
    /** Of a Karaf that can't resolve what it is given, nothing else is heard. */
    private static final int START_MILLIS = 120_000;

    private static final String MAVEN = "etc/org.ops4j.pax.url.mvn.cfg";
    private static final String MANAGEMENT = "etc/org.apache.karaf.management.cfg";

    private final Scratch scratch = Scratch.create();

    @Override
    public Class<? extends TestContainerFactory> factory() {
        return KarafTestContainerFactory.class;
    }

    @Override
    public Option[] options() {
        Kar kar = new Kar(scratch.directory("m2"));
        List<Option> options = new ArrayList<>();
        options.add(karafDistributionConfiguration()
                .frameworkUrl(
                        Path.of(System.getProperty("hatter.karaf")).toUri().toString())
                .unpackDirectory(scratch.directory("karaf").toFile())
                .useDeployFolder(false));
        options.add(systemTimeout(START_MILLIS));
        options.add(configureConsole().ignoreLocalConsole().ignoreRemoteShell());
        properties(kar).forEach((key, value) -> options.add(systemProperty(key).value(value)));
        settings(kar).forEach((key, value) -> options.add(editConfigurationFilePut(key.file(), key.name(), value)));
        options.add(replaceConfigurationFile(
                "etc/dev.hatter.pool-demo.cfg",
                scratch.write("demo.cfg", demo()).toFile()));
        options.add(features(kar.features(), "hatter-apparmor"));
        Provisions.forTests().forEach(options::add);
        // which Karaf's resolver insists on
        for (String engine : List.of("junit-jupiter-engine", "junit-platform-engine", "junit-platform-launcher")) {
            options.add(Provisions.bundle(Jars.library(engine)));
        }
        options.add(new OverrideJUnitBundlesOption()); // JUnit 4
        options.add(new KarafExamSystemConfigurationOption(Activator.DRIVER));
        options.add(streamBundle(invoker()));
        return options.toArray(Option[]::new);
    }

    private Map<String, String> properties(Kar kar) {
        return Map.of(
                "hatter.container",
                "karaf",
                "hatter.seed",
                System.getProperty("hatter.seed"),
                "hatter.all",
                System.getProperty("hatter.all"),
                "hatter.conf",
                "${karaf.etc}",
                "hatter.responder",
                Provisions.responder(kar, scratch).toString(),
                "hatter.run",
                scratch.path().resolve("run").toString());
    }

    private record Key(String file, String name) {}

    /** Nothing is fetched that Maven hasn't, but in its stead; no port is somebody else's. */
    private static Map<Key, String> settings(Kar kar) {
        return Map.of(
                new Key(MAVEN, "org.ops4j.pax.url.mvn.localRepository"),
                kar.repository().toString(),
                new Key(MAVEN, "org.ops4j.pax.url.mvn.repositories"),
                Kar.otherRepositories(),
                new Key(MANAGEMENT, "rmiRegistryPort"),
                Integer.toString(Machine.freePort()),
                new Key(MANAGEMENT, "rmiServerPort"),
                Integer.toString(Machine.freePort()),
                new Key("etc/org.ops4j.pax.logging.cfg", "log4j2.appender.rolling.fileName"),
                Logs.create("exam-karaf").toString());
    }

    private String demo() {
        return """
                listen = %s
                pm = ondemand
                pm.max_children = 1
                command = /bin/true
                user = %s
                """.formatted(
                scratch.path().resolve("demo.sock"), Machine.workerUser().orElse(""));
    }

    private static InputStream invoker() {
        return TinyBundles.bundle()
                .addClass(PlainInvoker.class)
                .activator(Activator.class)
                .symbolicName("plain-invoker")
                .setHeader("Bundle-ManifestVersion", "2")
                .setHeader("Import-Package", "org.ops4j.pax.exam,org.osgi.framework")
                .build(TinyBundles.rawBuilder());
    }

    /** A Karaf that didn't start would stay. */
    @Override
    public void close() {
        try (scratch) {
            ProcessHandle.current()
                    .descendants()
                    .filter(process -> process.info().commandLine().orElse("").contains(scratch.path() + "/"))
                    .forEach(ProcessHandle::destroyForcibly);
        }
    }
}
