// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.containers.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hatter.itests.containers.harness.InContainer;
import dev.hatter.itests.containers.inside.Container;
import dev.hatter.itests.containers.inside.TestPool;
import dev.hatter.itests.peers.harness.Backend;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.osgi.framework.BundleContext;

/** Pools by files, which FileInstall hands to ConfigAdmin; no file is ever written to. */
@ExtendWith(InContainer.class)
public class FilesIT {
    private static final Duration SOON = Duration.ofSeconds(20);

    @Test
    public void aCfgFileIsAPool(BundleContext context) throws IOException {
        comesChangesAndGoes(new Container(context), "cfg", Object::toString);
    }

    /** Felix's own format, with types. */
    @Test
    public void aConfigFileIsAPool(BundleContext context) throws IOException {
        comesChangesAndGoes(new Container(context), "config", FilesIT::typed);
    }

    private static void comesChangesAndGoes(Container container, String suffix, Function<Object, String> format)
            throws IOException {
        TestPool pool = TestPool.on(container, Backend.tcp()).with("pm.max_children", 1);
        Path file = file(pool, suffix);
        try {
            write(file, pool, format);
            pool.awaitState("ACTIVE");
            pool.get();
            String edited = write(file, pool.with("pm.max_children", 2), format);
            await("two workers").atMost(SOON).until(() -> pool.workers().size() == 2);
            pool.with("pm.max_children", 3).configure(); // another tool, by ConfigAdmin
            await("three workers").atMost(SOON).until(() -> pool.workers().size() == 3);
            assertThat(file).hasContent(edited);
        } finally {
            Files.deleteIfExists(file);
        }
        pool.awaitGone();
    }

    @Test
    public void anArrayInAConfigFileIsRefused(BundleContext context) throws IOException {
        TestPool pool = TestPool.on(new Container(context), Backend.tcp()).without("pm");
        Path file = file(pool, "config");
        try {
            Files.writeString(file, lines(pool.keys(), FilesIT::typed) + "pm=[\"static\"]\n");
            pool.awaitState("REFUSED");
            assertThat(pool.refused()).contains("pm = [static]: must be one value, not an array");
        } finally {
            Files.deleteIfExists(file);
        }
        pool.awaitGone();
    }

    private static Path file(TestPool pool, String suffix) {
        return Path.of(System.getProperty("hatter.conf"), "dev.hatter.pool-" + pool.name() + "." + suffix);
    }

    private static String write(Path file, TestPool pool, Function<Object, String> format) throws IOException {
        String text = lines(pool.keys(), format);
        Files.writeString(file, text);
        return text;
    }

    private static String lines(Map<String, Object> keys, Function<Object, String> format) {
        return keys.entrySet().stream()
                .map(key -> key.getKey() + "=" + format.apply(key.getValue()) + "\n")
                .collect(Collectors.joining("# a user's words\n", "# a user's file\n", ""));
    }

    private static String typed(Object value) {
        return value instanceof Integer number ? "I\"" + number + "\"" : "\"" + value + "\"";
    }
}
