// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.apparmor.control;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;

/**
 * A bundle for the tests, added to the distribution in the guest: stops and starts bundles from outside, by HTTP requests of
 * {@code /stop/NAME} and {@code /start/NAME} on 127.0.0.1:9099, which are answered when it is done.
 */
public final class Activator implements BundleActivator {
    private static final int PORT = 9099;

    private ServerSocket door;

    @Override
    public void start(BundleContext context) throws IOException {
        door = new ServerSocket(PORT, 10, InetAddress.getByName("127.0.0.1"));
        Thread thread = new Thread(() -> serve(context), "test-control");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void stop(BundleContext context) throws IOException {
        door.close();
    }

    private void serve(BundleContext context) {
        while (!door.isClosed()) {
            try (Socket connection = door.accept()) {
                var reader = new BufferedReader(
                        new InputStreamReader(connection.getInputStream(), StandardCharsets.US_ASCII));
                String[] words = reader.readLine().split("[ /]+");
                String answer = "HTTP/1.0 200 OK\r\n\r\n" + perform(context, words[1], words[2]) + "\n";
                connection.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
            } catch (IOException | BundleException e) {
                if (!door.isClosed()) {
                    e.printStackTrace(); // to Hatter's log
                }
            }
        }
    }

    private static String perform(BundleContext context, String verb, String name) throws BundleException {
        Bundle bundle = Stream.of(context.getBundles())
                .filter(candidate -> name.equals(candidate.getSymbolicName()))
                .findFirst()
                .orElseThrow(() -> new BundleException("no bundle " + name));
        if (verb.equals("stop")) {
            bundle.stop();
        } else {
            bundle.start();
        }
        return verb + " " + name + ": state " + bundle.getState();
    }
}
