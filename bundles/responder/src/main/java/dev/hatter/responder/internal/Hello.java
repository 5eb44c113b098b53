// SPDX-License-Identifier: Apache-2.0
package dev.hatter.responder.internal;

import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** The page that shows what came, as text and as HTML. */
final class Hello {
    private Hello() {}

    static String plain(Request request) throws IOException {
        StringBuilder text = new StringBuilder("Hello from Hatter's responder\n\n");
        facts(request).forEach((name, value) -> line(text, name, value));
        text.append('\n');
        new TreeMap<>(request.params()).forEach((name, value) -> line(text, name, value));
        return text.toString();
    }

    static String html(Request request) throws IOException {
        StringBuilder html = new StringBuilder(1024)
                .append(
                        "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Hatter</title></head>\n")
                .append("<body><h1>Hello from Hatter's responder</h1>\n<table>\n");
        facts(request).forEach((name, value) -> row(html, name, value));
        html.append("</table>\n<h2>Parameters</h2>\n<table>\n");
        new TreeMap<>(request.params()).forEach((name, value) -> row(html, name, value));
        return html.append("</table></body></html>\n").toString();
    }

    private static Map<String, String> facts(Request request) throws IOException {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("method", request.param("REQUEST_METHOD"));
        facts.put("uri", request.param("REQUEST_URI"));
        facts.put("body", request.body().transferTo(OutputStream.nullOutputStream()) + " bytes");
        facts.put("pid", Long.toString(ProcessHandle.current().pid()));
        facts.put("request", Long.toString(request.number()));
        return facts;
    }

    private static void line(StringBuilder text, String name, String value) {
        text.append(printable(name)).append(" = ").append(printable(value)).append('\n');
    }

    private static void row(StringBuilder html, String name, String value) {
        html.append("<tr><th>").append(escape(name)).append("</th><td>");
        html.append(escape(value)).append("</td></tr>\n");
    }

    /** In a line of its own a line end would forge another. */
    private static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }

    static String escape(String text) {
        StringBuilder escaped = new StringBuilder(text.length());
        text.chars().forEach(c -> {
            switch (c) {
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '&' -> escaped.append("&amp;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.append((char) c);
            }
        });
        return escaped.toString();
    }
}
