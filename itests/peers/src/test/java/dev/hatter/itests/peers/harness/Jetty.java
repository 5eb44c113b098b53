// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.peers.harness;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Jetty, from Maven Central. */
public final class Jetty extends FrontServer {
    private static final String PATTERN = "<Set name=\"scriptPattern\">";

    @Override
    public String name() {
        return "Jetty 12";
    }

    @Override
    protected Path program() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }

    @Override
    protected List<String> prepare(Scratch scratch, Site site, int port) {
        Sample sample = Sample.of("jetty/hatter.xml").with("/srv/www", site.root());
        if (site.backend() instanceof Backend.Tcp tcp) {
            sample.with("http://127.0.0.1:9000", "http://" + tcp);
        } else {
            sample.with(PATTERN, unixDomainPath(site) + PATTERN);
        }
        if (!site.extension().equals(".php")) {
            sample.with("(?:php|phar|phtml|phps)", site.extension().substring(1));
        }
        Path file = scratch.write("hatter.xml", text(sample));
        return List.of(
                program().toString(),
                "-Xmx64m",
                "-cp",
                classPath(),
                JettyServer.class.getName(),
                "" + port,
                file.toString(),
                "" + site.readTimeout());
    }

    private static String unixDomainPath(Site site) {
        return "<Set name=\"unixDomainPath\"><Call class=\"java.nio.file.Path\" name=\"of\"><Arg>" + site.backend()
                + "</Arg></Call></Set>";
    }

    private static String classPath() {
        String tests = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        // no provider of slf4j: Jetty then says warnings and errors on stderr
        return Stream.of(tests.split(File.pathSeparator))
                .filter(entry -> !entry.contains("slf4j-jdk14"))
                .collect(Collectors.joining(File.pathSeparator));
    }
}
