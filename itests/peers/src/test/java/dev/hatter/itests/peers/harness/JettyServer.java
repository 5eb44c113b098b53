// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.peers.harness;

import java.nio.file.Path;
import org.eclipse.jetty.fcgi.proxy.FastCGIProxyHandler;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.resource.ResourceFactory;
import org.eclipse.jetty.xml.XmlConfiguration;

/** The program behind {@link Jetty}: a server with the context that the sample describes. */
final class JettyServer {
    private JettyServer() {}

    public static void main(String[] arguments) throws Exception {
        Server server = new Server();
        ServerConnector connector = new ServerConnector(server);
        connector.setHost("127.0.0.1");
        connector.setPort(Integer.parseInt(arguments[0]));
        server.addConnector(connector);
        XmlConfiguration sample = new XmlConfiguration(ResourceFactory.root().newResource(Path.of(arguments[1])));
        server.setHandler((Handler) sample.configure());
        server.start();
        int readTimeout = Integer.parseInt(arguments[2]);
        if (readTimeout > 0) {
            for (FastCGIProxyHandler handler : server.getDescendants(FastCGIProxyHandler.class)) {
                handler.getHttpClient().setIdleTimeout(readTimeout * 1000L);
            }
        }
        server.join();
    }
}
