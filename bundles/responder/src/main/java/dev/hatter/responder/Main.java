// SPDX-License-Identifier: Apache-2.0
package dev.hatter.responder;

import dev.hatter.responder.internal.Options;
import dev.hatter.responder.internal.Server;
import java.io.IOException;
import java.nio.channels.Channel;
import java.nio.channels.ServerSocketChannel;

/**
 * A small FastCGI application: serves the listening socket, TCP or Unix, that it inherits as descriptor 0. A TERM lets
 * the requests under way finish and ends it with code 0.
 */
public final class Main {
    /** A use that can't work, as php-fpm's exit codes have it (EX_USAGE). */
    private static final int USAGE = 64;

    private Main() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        Options options = optionsOf(args);
        if (options.die() >= 0) {
            System.exit(options.die());
        }
        ServerSocketChannel listener = inheritedListener();
        if (options.deaf()) {
            Thread.currentThread().join(); // never accepts, ends by a signal only
        }
        Server server = new Server(listener, options);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            server.stop();
            Runtime.getRuntime().halt(0); // else the code would be 143, as after a crash
        }));
        server.run();
    }

    private static Options optionsOf(String[] args) {
        try {
            return Options.parse(args);
        } catch (IllegalArgumentException e) {
            throw fault(e.getMessage());
        }
    }

    private static ServerSocketChannel inheritedListener() throws IOException {
        Channel channel = System.inheritedChannel();
        if (channel instanceof ServerSocketChannel listener) {
            return listener;
        }
        throw fault("descriptor 0 is " + (channel == null ? "no socket" : "no listening socket (" + channel + ")")
                + ": start me from a FastCGI process manager");
    }

    private static Error fault(String text) {
        System.err.println("responder: " + text);
        System.exit(USAGE);
        return new AssertionError(text);
    }
}
