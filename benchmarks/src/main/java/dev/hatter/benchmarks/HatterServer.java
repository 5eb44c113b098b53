// SPDX-License-Identifier: Apache-2.0
package dev.hatter.benchmarks;

import dev.hatter.itests.peers.harness.Distribution;
import dev.hatter.itests.peers.harness.Hatter;
import dev.hatter.itests.peers.harness.Logs;
import dev.hatter.itests.peers.harness.Scratch;
import java.nio.file.Path;
import java.util.List;

/** The built distribution, with pools of php-cgi. */
final class HatterServer implements Server {
    private final Scratch scratch = Scratch.create();
    private final Hatter hatter;

    /** @param home of an unpacked distribution */
    HatterServer(String name, Path home, Php php, List<Pool> pools) {
        Path conf = scratch.directory("conf");
        Distribution.copyConfiguration(conf);
        pools.forEach(pool -> scratch.write("conf/dev.hatter.pool-" + pool.name() + ".cfg", text(pool, php)));
        try {
            hatter = Hatter.run(name, home, conf);
        } catch (RuntimeException | Error e) {
            scratch.close();
            throw e;
        }
        try {
            pools.forEach(pool -> hatter.awaitState(pool.name(), "active"));
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    private static String text(Pool pool, Php php) {
        StringBuilder text = new StringBuilder(pool.text());
        text.append("command = ").append(String.join(" ", php.cgiCommand())).append('\n');
        php.environment()
                .forEach((name, value) -> text.append("env[")
                        .append(name)
                        .append("] = ")
                        .append(value)
                        .append('\n'));
        return text.toString();
    }

    @Override
    public Processes processes() {
        return new Processes(hatter.process().pid());
    }

    @Override
    public void close() {
        try (scratch;
                hatter) {
            // both, whatever happens
        } catch (AssertionError e) {
            // it looks whether anything is left, which is for tests to judge; here the figures count, and all is closed
            Logs.say("Hatter doesn't end in good order: %s", e.getMessage());
        }
    }
}
