// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.containers.harness;

import static org.ops4j.pax.exam.CoreOptions.cleanCaches;
import static org.ops4j.pax.exam.CoreOptions.frameworkProperty;
import static org.ops4j.pax.exam.CoreOptions.systemPackages;
import static org.ops4j.pax.exam.CoreOptions.workingDirectory;

import dev.hatter.itests.peers.harness.Scratch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.TestContainerFactory;
import org.ops4j.pax.exam.nat.internal.NativeTestContainerFactory;

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
            "org.apache.felix.gogo.runtime");

    private final Scratch scratch = Scratch.create();

    @Override
    public Class<? extends TestContainerFactory> factory() {
        return NativeTestContainerFactory.class;
    }

    @Override
    public Option[] options() {
        Kar kar = new Kar(scratch.directory("kar"));
        System.setProperty(
                "hatter.responder", Provisions.responder(kar, scratch).toString());
        System.setProperty("hatter.conf", scratch.directory("conf").toString());

        List<Option> options = new ArrayList<>();
        options.add(cleanCaches());
        options.add(workingDirectory(scratch.directory("exam").toString()));
        options.add(systemPackages(slf4j()));
        options.add(frameworkProperty("hatter.run")
                .value(scratch.path().resolve("run").toString()));
        fileInstall().forEach((key, value) -> options.add(frameworkProperty(key).value(value)));
        SERVICES.forEach(name -> options.add(Provisions.bundle(Jars.library(name))));
        Provisions.forTests().forEach(options::add);
        kar.jars().forEach(jar -> options.add(Provisions.bundle(jar)));
        options.add(Provisions.bundle(Jars.library("org.apache.felix.fileinstall")));
        return options.toArray(Option[]::new);
    }

    private static Map<String, String> fileInstall() {
        return Map.of(
                "felix.fileinstall.dir", System.getProperty("hatter.conf"),
                "felix.fileinstall.poll", "100",
                "felix.fileinstall.enableConfigSave", "false",
                "felix.fileinstall.configEncoding", "UTF-8",
                "felix.fileinstall.log.level", "2",
                "felix.fileinstall.log.default", "jul");
    }

    /** 1.7 is what Pax Exam's own bundles ask for. */
    private static String[] slf4j() {
        String two = org.slf4j.LoggerFactory.class.getPackage().getImplementationVersion();
        return Stream.of("1.7.36", two)
                .flatMap(version -> Stream.of("org.slf4j", "org.slf4j.event", "org.slf4j.helpers", "org.slf4j.spi")
                        .map(name -> name + ";version=\"" + version + "\""))
                .toArray(String[]::new);
    }

    @Override
    public void close() {
        scratch.close();
    }
}
