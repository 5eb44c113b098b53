// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.containers.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hatter.itests.containers.harness.InContainer;
import dev.hatter.itests.containers.inside.Container;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Version;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.BundleWire;
import org.osgi.framework.wiring.BundleWiring;

/** Each of our bundles imports what is written here and no more, from whom it should; exports are versioned. */
@ExtendWith(InContainer.class)
public class WiringIT {
    private static final String SLF4J = "whoever logs";
    private static final String FRAMEWORK = "system.bundle";

    private static final Map<String, String> FASTCGI = Map.ofEntries(
            Map.entry("io.netty.bootstrap", "io.netty.transport"),
            Map.entry("io.netty.buffer", "io.netty.buffer"),
            Map.entry("io.netty.channel", "io.netty.transport"),
            Map.entry("io.netty.channel.epoll", "io.netty.transport-classes-epoll"),
            Map.entry("io.netty.channel.nio", "io.netty.transport"),
            Map.entry("io.netty.channel.socket", "io.netty.transport"),
            Map.entry("io.netty.channel.socket.nio", "io.netty.transport"),
            Map.entry("io.netty.channel.unix", "io.netty.transport-native-unix-common"),
            Map.entry("io.netty.util", "io.netty.common"),
            Map.entry("io.netty.util.concurrent", "io.netty.common"),
            Map.entry("org.slf4j", SLF4J));

    private static final Map<String, String> PROCESS = Map.of(
            "com.kenai.jffi", "dev.hatter.jnr",
            "jnr.ffi", "dev.hatter.jnr",
            "jnr.ffi.annotations", "dev.hatter.jnr",
            "jnr.ffi.mapper", "dev.hatter.jnr",
            "jnr.ffi.provider", "dev.hatter.jnr",
            "jnr.ffi.provider.converters", "dev.hatter.jnr",
            "jnr.ffi.provider.jffi", "dev.hatter.jnr",
            "org.osgi.framework", FRAMEWORK,
            "org.slf4j", SLF4J);

    private static final Map<String, String> APPARMOR = Map.ofEntries(
            Map.entry("com.kenai.jffi", "dev.hatter.jnr"),
            Map.entry("dev.hatter.process", "dev.hatter.process"),
            Map.entry("jnr.constants.platform", "dev.hatter.jnr"),
            Map.entry("jnr.ffi", "dev.hatter.jnr"),
            Map.entry("jnr.ffi.annotations", "dev.hatter.jnr"),
            Map.entry("jnr.ffi.byref", "dev.hatter.jnr"),
            Map.entry("jnr.ffi.mapper", "dev.hatter.jnr"),
            Map.entry("jnr.ffi.provider", "dev.hatter.jnr"),
            Map.entry("jnr.ffi.provider.converters", "dev.hatter.jnr"),
            Map.entry("jnr.ffi.provider.jffi", "dev.hatter.jnr"),
            Map.entry("org.osgi.framework", FRAMEWORK),
            Map.entry("org.slf4j", SLF4J));

    private static final Map<String, String> POOL = Map.ofEntries(
            Map.entry("dev.hatter.fastcgi", "dev.hatter.fastcgi"),
            Map.entry("dev.hatter.fastcgi.transport", "dev.hatter.fastcgi"),
            Map.entry("dev.hatter.process", "dev.hatter.process"),
            Map.entry("io.netty.buffer", "io.netty.buffer"),
            Map.entry("io.netty.channel", "io.netty.transport"),
            Map.entry("io.netty.util.concurrent", "io.netty.common"),
            Map.entry("io.netty.util.internal", "io.netty.common"),
            Map.entry("org.osgi.framework", FRAMEWORK),
            Map.entry("org.osgi.service.cm", Container.CONFIG_ADMIN),
            Map.entry("org.osgi.util.tracker", FRAMEWORK),
            Map.entry("org.slf4j", SLF4J));

    @Test
    public void jnrNeedsTheJvmAlone(BundleContext context) {
        assertThat(imports(context, "dev.hatter.jnr")).containsExactly(Map.entry("sun.misc", FRAMEWORK));
    }

    @Test
    public void responderNeedsNobody(BundleContext context) {
        assertThat(imports(context, "dev.hatter.responder")).isEmpty();
    }

    @Test
    public void fastcgiNeedsNetty(BundleContext context) {
        assertThat(imports(context, "dev.hatter.fastcgi")).containsExactlyInAnyOrderEntriesOf(FASTCGI);
    }

    @Test
    public void processNeedsJnr(BundleContext context) {
        assertThat(imports(context, "dev.hatter.process")).containsExactlyInAnyOrderEntriesOf(PROCESS);
    }

    @Test
    public void apparmorNeedsProcessAndJnr(BundleContext context) {
        assertThat(imports(context, "dev.hatter.apparmor")).containsExactlyInAnyOrderEntriesOf(APPARMOR);
    }

    @Test
    public void poolNeedsFastcgiAndProcess(BundleContext context) {
        assertThat(imports(context, "dev.hatter.pool")).containsExactlyInAnyOrderEntriesOf(POOL);
    }

    /** Each import that was declared, optional ones too, and who exports it to the bundle. */
    private static Map<String, String> imports(BundleContext context, String name) {
        BundleWiring wiring = new Container(context).bundle(name).adapt(BundleWiring.class);
        Map<String, String> exporters = new TreeMap<>();
        for (BundleWire wire : wiring.getRequiredWires(PackageNamespace.PACKAGE_NAMESPACE)) {
            String imported = wire.getCapability()
                    .getAttributes()
                    .get(PackageNamespace.PACKAGE_NAMESPACE)
                    .toString();
            exporters.put(imported, imported.equals("org.slf4j") ? SLF4J : nameOf(wire.getProvider()));
        }
        long declared =
                wiring.getRequirements(PackageNamespace.PACKAGE_NAMESPACE).size();
        assertThat(exporters).as("imports that are wired, of %d", declared).hasSize((int) declared);
        return exporters;
    }

    private static String nameOf(BundleRevision revision) {
        return revision.getBundle().getBundleId() == 0 ? FRAMEWORK : revision.getSymbolicName();
    }

    @Test
    public void exportsAreVersionedAndPublic(BundleContext context) {
        for (String name : Container.OURS) {
            for (BundleCapability export : new Container(context)
                    .bundle(name)
                    .adapt(BundleWiring.class)
                    .getCapabilities(PackageNamespace.PACKAGE_NAMESPACE)) {
                String exported = export.getAttributes()
                        .get(PackageNamespace.PACKAGE_NAMESPACE)
                        .toString();
                assertThat(export.getAttributes().get(PackageNamespace.CAPABILITY_VERSION_ATTRIBUTE))
                        .as("version of %s", exported)
                        .isNotEqualTo(Version.emptyVersion);
                assertThat(exported).doesNotContain(".internal");
            }
        }
    }

    @Test
    public void nobodyIsWiredToAWholeBundleOrByChance(BundleContext context) {
        Set<String> headers = new TreeSet<>();
        Stream.concat(Container.OURS.stream(), Stream.of("dev.hatter.responder"))
                .map(new Container(context)::bundle)
                .map(Bundle::getHeaders)
                .forEach(bundle -> Stream.of("Require-Bundle", "DynamicImport-Package", "Fragment-Host")
                        .filter(header -> bundle.get(header) != null)
                        .forEach(headers::add));
        assertThat(headers).isEmpty();
    }
}
