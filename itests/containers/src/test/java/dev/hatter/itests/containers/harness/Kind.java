// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.containers.harness;

import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.TestContainerFactory;

/** A kind of container: what it is started with. */
interface Kind extends AutoCloseable {
    /** The one that {@code hatter.container} names. */
    static Kind chosen() {
        String name = name();
        return switch (name) {
            case "felix" -> new Felix();
            case "karaf" -> new ExamKaraf();
            default -> throw new AssertionError("hatter.container = \"" + name + "\": must be felix or karaf");
        };
    }

    static boolean isKaraf() {
        return name().equals("karaf");
    }

    private static String name() {
        return System.getProperty("hatter.container", "");
    }

    Class<? extends TestContainerFactory> factory();

    Option[] options();

    @Override
    void close();
}
