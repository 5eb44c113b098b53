// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.applications.harness;

import dev.hatter.itests.peers.harness.Logs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a browser shows in the end, all redirections followed. */
public record Page(String step, URI uri, int status, byte[] body) {
    private static final Pattern RESOURCE =
            Pattern.compile("<(?:img|script)\\b[^>]*\\bsrc=\"([^\"]+)\"|<link\\b[^>]*\\brel=\"stylesheet\"[^>]*>");

    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** Fails unless it is a whole page with all those texts. */
    public Page shows(String... texts) {
        List<String> missing =
                Stream.of(texts).filter(text -> !text().contains(text)).toList();
        if (status != 200 || !missing.isEmpty()) {
            throw without(missing.toString());
        }
        return this;
    }

    /** What to throw where it hasn't what it should have. */
    AssertionError without(String missing) {
        return new AssertionError(
                "%s: %s, status %d, without %s: see %s".formatted(step, uri, status, missing, kept()));
    }

    /** Writes it where the logs are. */
    private Path kept() {
        try {
            return Files.write(Logs.create("page"), body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The first form that has that text in it. */
    public Form form(String text) {
        return Form.in(this, text);
    }

    /** What the first group of the regular expression finds. */
    public String find(String regex) {
        Matcher matcher = Pattern.compile(regex).matcher(text());
        if (!matcher.find()) {
            throw without(regex);
        }
        return matcher.group(1);
    }

    /** The images, scripts and style sheets that a browser loads with it, from the same server. */
    List<URI> resources() {
        TreeSet<URI> found = new TreeSet<>();
        Matcher tags = RESOURCE.matcher(text());
        while (tags.find()) {
            String reference = tags.group(1) != null
                    ? tags.group(1)
                    : Html.attribute(tags.group(), "href").orElse("data:");
            if (!reference.startsWith("data:")) {
                found.add(uri.resolve(reference.replace("&amp;", "&").replace(" ", "%20")));
            }
        }
        found.removeIf(resource -> !uri.getAuthority().equals(resource.getAuthority()));
        return List.copyOf(found);
    }
}
