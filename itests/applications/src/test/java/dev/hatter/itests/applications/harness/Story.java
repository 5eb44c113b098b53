// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.applications.harness;

import dev.hatter.itests.peers.harness.Logs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** All that one visit saw, with what differs by its nature made the same. */
public final class Story implements Visitor.Witness {
    /** The transport's, or points in time; the bodies' lengths are compared with the bodies. */
    private static final Set<String> LEFT_OUT = Set.of(
            "date",
            "connection",
            "keep-alive",
            "transfer-encoding",
            "content-length",
            "last-modified",
            "etag",
            "expires");

    /** So many characters of a line before and behind where it differs. */
    private static final int CONTEXT = 80;

    private final List<Chapter> chapters = new ArrayList<>();
    private final Normal normal;

    public Story(Normal normal) {
        this.normal = normal;
    }

    @Override
    public void tell(String step, HttpResponse<byte[]> answer) {
        String what = answer.request().method() + " " + answer.uri();
        String head = answer.statusCode() + "\n" + head(answer.headers());
        chapters.add(new Chapter(step, normal.of(what), normal.of(head), body(answer)));
    }

    /** Adds what was found outside of the browser, e.g. in a log. */
    public void tell(String step, String text) {
        chapters.add(new Chapter(step, "", "", normal.of(text)));
    }

    int answers() {
        return chapters.size();
    }

    /** Writes it where the logs are, under that name. */
    void keep(String name) {
        try {
            Files.writeString(
                    Logs.create(name),
                    chapters.stream()
                            .flatMap(chapter -> chapter.lines().stream())
                            .collect(Collectors.joining("\n")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String head(HttpHeaders headers) {
        return headers.map().entrySet().stream()
                .filter(header -> !LEFT_OUT.contains(header.getKey()))
                .map(header -> header.getKey() + ": " + header.getValue())
                .sorted()
                .collect(Collectors.joining("\n"));
    }

    private String body(HttpResponse<byte[]> answer) {
        String type = answer.headers().firstValue("content-type").orElse("");
        return type.matches("(text/|application/(json|javascript|x-javascript|xml|\\w+\\+xml)).*")
                ? normal.of(new String(answer.body(), StandardCharsets.UTF_8))
                : answer.body().length + " bytes, SHA-256 " + sha256(answer.body());
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }

    /** The steps that differ from another's, each with the first line that does. */
    public List<String> differences(Story other) {
        List<String> differences = new ArrayList<>();
        for (int i = 0; i < Math.min(chapters.size(), other.chapters.size()); i++) {
            String difference = chapters.get(i).differs(other.chapters.get(i));
            if (!difference.isEmpty()) {
                differences.add(difference);
            }
        }
        if (chapters.size() != other.chapters.size()) {
            differences.add(chapters.size() + " answers, but " + other.chapters.size());
        }
        return differences;
    }

    /**
     * One answer.
     *
     * @param head status and headers
     */
    private record Chapter(String step, String what, String head, String body) {
        /** Where the other begins to differ; empty when it doesn't. */
        String differs(Chapter other) {
            if (equals(other)) {
                return "";
            }
            List<String> mine = lines();
            List<String> theirs = other.lines();
            int same = 0;
            while (same < Math.min(mine.size(), theirs.size()) && mine.get(same).equals(theirs.get(same))) {
                same++;
            }
            String my = same < mine.size() ? mine.get(same) : "(end)";
            String their = same < theirs.size() ? theirs.get(same) : "(end)";
            int from = Math.max(0, common(my, their) - CONTEXT);
            return step + ", " + what + ":\n  " + cut(my, from) + "\nbut\n  " + cut(their, from);
        }

        private static int common(String one, String other) {
            int length = 0;
            while (length < Math.min(one.length(), other.length()) && one.charAt(length) == other.charAt(length)) {
                length++;
            }
            return length;
        }

        private static String cut(String line, int from) {
            return (from > 0 ? "..." : "")
                    + line.substring(Math.min(from, line.length()), Math.min(line.length(), from + 3 * CONTEXT));
        }

        private List<String> lines() {
            return (step + "\n" + what + "\n" + head + "\n" + body).lines().toList();
        }
    }
}
