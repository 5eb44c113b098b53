// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.peers.harness;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A web server that nobody here wrote, run from the sample in {@code config/samples}. */
public abstract class FrontServer {
    private static final Duration READY = Duration.ofSeconds(15);

    private final Map<String, String> changes = new LinkedHashMap<>();

    /** As the table of the documentation has it. */
    public abstract String name();

    /** The program, or the reason for which the test is skipped. */
    protected abstract Path program();

    /** Writes the configuration and says how to start the server in the foreground. */
    protected abstract List<String> prepare(Scratch scratch, Site site, int port);

    /** Changes the sample further, for what a test needs beyond it. */
    public final FrontServer with(String placeholder, String value) {
        changes.put(placeholder, value);
        return this;
    }

    /** The sample's text with these changes. */
    final String text(Sample sample) {
        changes.forEach(sample::with);
        return sample.toString();
    }

    /** What the program needs in its environment. */
    protected Map<String, String> environment(Scratch scratch) {
        return Map.of();
    }

    /** Starts it and waits until it accepts connections. */
    public final Front start(Site site) {
        Path program = program();
        Scratch scratch = Scratch.create();
        int port = Machine.freePort();
        Child child = null;
        try {
            List<String> command = prepare(scratch, site, port);
            child = Child.start(program.getFileName().toString(), scratch.path(), environment(scratch), command);
            Front front = new Front(child, scratch, URI.create("http://127.0.0.1:" + port));
            front.awaitReady();
            return front;
        } catch (RuntimeException | Error e) {
            try (scratch;
                    Child ended = child) {
                throw e;
            }
        }
    }

    @Override
    public String toString() {
        return name();
    }

    /**
     * What to serve.
     *
     * @param extension of the scripts that go to the pool
     * @param keepConnections whether connections to the pool are kept, which the sample decides but for nginx
     * @param readTimeout how many seconds the pool may be silent; 0: what the sample or the web server has
     */
    public record Site(Path root, Backend backend, String extension, boolean keepConnections, int readTimeout) {
        public Site(Path root, Backend backend) {
            this(root, backend, ".php", true);
        }

        public Site(Path root, Backend backend, String extension, boolean keepConnections) {
            this(root, backend, extension, keepConnections, 0);
        }

        public Site withReadTimeout(int seconds) {
            return new Site(root, backend, extension, keepConnections, seconds);
        }

        /** What stands for the extensions of scripts in a regular expression of a sample. */
        String scripts() {
            return extension.equals(".php") ? Sample.SCRIPTS : extension.substring(1);
        }
    }

    /** A running web server. */
    public static final class Front implements AutoCloseable {
        private final Child child;
        private final Scratch scratch;
        private final URI base;

        private Front(Child child, Scratch scratch, URI base) {
            this.child = child;
            this.scratch = scratch;
            this.base = base;
        }

        public URI uri(String pathAndQuery) {
            return URI.create(base + pathAndQuery);
        }

        public Path log() {
            return child.log();
        }

        private void awaitReady() {
            try {
                await().atMost(READY)
                        .failFast("it has ended", () -> !child.isAlive())
                        .until(this::accepts);
            } catch (RuntimeException e) {
                throw new AssertionError("the web server doesn't start: " + Logs.tail(log()), e);
            }
        }

        private boolean accepts() {
            try (SocketChannel channel = SocketChannel.open(new InetSocketAddress("127.0.0.1", base.getPort()))) {
                return channel.isConnected();
            } catch (IOException e) {
                return false;
            }
        }

        @Override
        public void close() {
            try (scratch;
                    child) {
                // both, whatever happens
            }
        }
    }
}
