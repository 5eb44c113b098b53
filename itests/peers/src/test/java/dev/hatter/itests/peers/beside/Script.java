// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.peers.beside;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A small PHP script, with how it is to be asked and what its pool is to have in comments at its beginning. */
public final class Script {
    public static final String COMMON = "common";

    private static final String DIRECTIVE = "// @";

    private final String name;
    private final List<String> directives;

    private Script(String name, String text) {
        this.name = name;
        this.directives = text.lines()
                .filter(line -> line.startsWith(DIRECTIVE))
                .map(line -> line.substring(DIRECTIVE.length()))
                .toList();
    }

    /** All that there are among the resources. */
    public static List<Script> all() {
        try (Stream<Path> files = Files.list(resources())) {
            return files.filter(file -> file.toString().endsWith(".php"))
                    .sorted()
                    .map(Script::of)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Script of(Path file) {
        try {
            String fileName = file.getFileName().toString();
            return new Script(fileName.substring(0, fileName.length() - 4), Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The directory that they lie in. */
    public static Path resources() {
        try {
            return Path.of(Script.class.getResource("/scripts").toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    public String name() {
        return name;
    }

    String path() {
        return "/" + name + ".php";
    }

    String method() {
        return value("method", "GET");
    }

    /** How many times it is asked. */
    int times() {
        return Integer.parseInt(value("times", "1"));
    }

    /** How many pieces the client acknowledges. */
    int pieces() {
        return Integer.parseInt(value("pieces", "0"));
    }

    /** Whether the client goes away once it has something. */
    boolean isLeft() {
        return directives.contains("leave");
    }

    boolean isChunked() {
        return directives.contains("chunked");
    }

    /** Whether it leaves word behind its client's back, which is waited for. */
    boolean leavesWord() {
        return isLeft() || directives.contains("mark");
    }

    /** The name of its pool: a common one, unless it needs settings or harms others. */
    public String poolName() {
        return pool().isEmpty() && !directives.contains("alone") ? COMMON : name;
    }

    /** Whole lines. */
    List<String> headers() {
        return values("header").toList();
    }

    /** FastCGI parameters besides those of each request. */
    Map<String, String> params() {
        return pairs("param", " ");
    }

    byte[] body() {
        int length = Integer.parseInt(value("body-bytes", "0"));
        String text = value("body", "x".repeat(length));
        return text.replace("\\r", "\r").replace("\\n", "\n").getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Settings of its pool, with {@code @MARK@} and {@code @SITE@} in their values. */
    public Map<String, String> pool() {
        return pairs("pool", " = ");
    }

    private Map<String, String> pairs(String directive, String separator) {
        return values(directive)
                .map(pair -> pair.split(separator, 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1], (a, b) -> b, LinkedHashMap::new));
    }

    private Stream<String> values(String directive) {
        return directives.stream()
                .filter(line -> line.startsWith(directive + " "))
                .map(line -> line.substring(directive.length() + 1));
    }

    private String value(String directive, String otherwise) {
        return values(directive).findFirst().orElse(otherwise);
    }

    @Override
    public String toString() {
        return name;
    }
}
