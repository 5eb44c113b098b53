// SPDX-License-Identifier: Apache-2.0
package dev.hatter.launcher.request;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The command line.
 *
 * @param method null when none was given
 * @param uri path and query
 * @param root the document root; null for none
 * @param body a file's name, "-" for standard input, null for none
 * @param params what --param gave, to override the rest
 * @param showHead print the answer's head, too
 */
record RequestOptions(
        Address address,
        String method,
        String uri,
        String root,
        String body,
        Map<String, String> params,
        boolean showHead) {
    static final String HELP = """
            Usage: hatter request ADDRESS [OPTION]... URI

            Asks the FastCGI application at ADDRESS (HOST:PORT, [V6]:PORT, PORT, or a Unix socket's path) for URI
            and prints the page to standard output, what it says in FCGI_STDERR to standard error.

              --param NAME=VALUE  a parameter, also in place of one that is set by default; may be given often
              --root DIR          the document root: sets DOCUMENT_ROOT, and SCRIPT_FILENAME to DIR and the URI's path
              --method METHOD     default: GET, or POST with a body
              --body FILE         the request's body; - for standard input
              -i                  prints the answer's head, too

            Exit code: 0 for a status below 400, 22 for others, 1 when there is no proper answer, 64 for wrong use.
            """;

    /** @return null when help is asked for */
    static RequestOptions parse(String[] args) throws UsageException {
        Deque<String> left = new ArrayDeque<>(List.of(args));
        List<String> plain = new ArrayList<>();
        Map<String, String> values = new LinkedHashMap<>();
        Map<String, String> params = new LinkedHashMap<>();
        while (!left.isEmpty()) {
            String option = left.remove();
            switch (option) {
                case "--help", "-h" -> {
                    return null;
                }
                case "-i", "--include" -> values.put("-i", "");
                case "--param" -> param(value(option, left), params);
                case "--root", "--method", "--body" -> values.put(option, value(option, left));
                default -> plain.add(plain(option));
            }
        }
        if (plain.size() != 2 || !plain.get(1).startsWith("/")) {
            throw new UsageException("needs an ADDRESS and a URI that begins with a slash, got " + plain);
        }
        return new RequestOptions(
                Address.parse(plain.get(0)),
                values.get("--method"),
                plain.get(1),
                values.get("--root"),
                values.get("--body"),
                params,
                values.containsKey("-i"));
    }

    private static String plain(String argument) throws UsageException {
        if (argument.startsWith("-")) {
            throw new UsageException("unknown option \"" + argument + "\"");
        }
        return argument;
    }

    private static String value(String option, Deque<String> left) throws UsageException {
        if (left.isEmpty()) {
            throw new UsageException("option " + option + " needs a value");
        }
        return left.remove();
    }

    private static void param(String text, Map<String, String> params) throws UsageException {
        int equals = text.indexOf('=');
        if (equals < 1) {
            throw new UsageException("--param \"" + text + "\": must be NAME=VALUE");
        }
        params.put(text.substring(0, equals), text.substring(equals + 1));
    }
}
