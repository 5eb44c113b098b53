// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.peers.beside;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a client asks a web server.
 *
 * @param target as it stands in the request line
 * @param headers whole lines
 */
public record Question(String name, String method, String target, List<String> headers, byte[] body) {
    private static final String FORM = "Content-Type: application/x-www-form-urlencoded";

    /** Paths below which a web server may have a rule of its own; asked everywhere, as some just aren't there. */
    private static final List<String> PLACES = List.of(
            "/alias/values.php",
            "/alias/values.php/info/more?x=1",
            "/alias/missing.php",
            "/matched/values.php/info",
            "/front/any/where?x=1&y=%20",
            "/front/",
            "/front/index.php/direct",
            "/query/any/where?x=1",
            "/info/any/where?x=1",
            "/info/%C3%BC%20b",
            "/perdir/any/where?x=1",
            "/perdir/a%20b+c/%C3%BC",
            "/fallback/any/where?x=1",
            "/passed/values.php",
            "/passed/values.php/a%20b+c?x=1",
            "/passed/missing.php",
            "/server/any/where?x=1",
            "/named/any/where?x=1",
            "/translated/values.php",
            "/translated/values.php/info?x=1",
            "/real/values.php/info",
            "/unsplit/values.php",
            "/unsplit/values.php/info/more?x=1",
            "/unsplit/a%20b/values.php/c%20d+e",
            "/told/values.php",
            "/bare/values.php?x=1",
            "/vars/values.php",
            "/gone/x",
            "/linked/values.php/info");

    private static final List<String> SHAPES = List.of(
            "/values.php",
            "/values.php?",
            "/values.php??",
            "/values.php?a=1&b=2",
            "/values.php?a=%20%2B+%C3%BC&x[]=1&x[]=2&a.b=c&d+e=f",
            "/values.php?a=%FF&a=%00",
            "/values.php?-s",
            "/values.php?word+word",
            "/values.php?a=1;b=2#",
            "/values.php/",
            "/values.php/extra",
            "/values.php/extra/more.jpg?x=1",
            "/values.php/a%20b+c",
            "/values.php/%C3%BC/%E2%82%AC",
            "/values.php/%FF%FE",
            "/values.php/a%2Fb",
            "/values.php//double//slash",
            "/values.php/./dot",
            "/values.php/a/../b",
            "/values.php/x.php/y",
            "/values.php/values.php",
            "/values.php/%3Fq",
            "/values.php/a;b=c,d:e@f",
            "/values.php/%25",
            "/values.php/a%0Ab",
            "//values.php",
            "/./values.php",
            "/sub/../values.php",
            "/sub/values.php/x",
            "/sp%20ace/values.php/y",
            "/%C3%BCml/values.php/z",
            "/a+b/values.php/w",
            "/caf%E9/values.php",
            "/caf%E9/values.php/x",
            "/link.php",
            "/link.php/info",
            "/link/values.php/info",
            "/",
            "/?a=1",
            "/sub/",
            "/sub",
            "/missing.php",
            "/missing.php/info",
            "/sub/missing.php?x=1",
            "/values.PHP",
            "/values.php5",
            "/values.phar",
            "/values.phar/info",
            "/picture.jpg",
            "/picture.jpg/x.php",
            "/directory.php/values.php/x",
            "/directory.php/",
            "/unreadable.php",
            "/%76alues.php/%61");

    public static List<Question> all() {
        List<Question> all = new ArrayList<>();
        Stream.concat(SHAPES.stream(), PLACES.stream()).forEach(target -> all.add(get(target)));
        methods(all);
        headers(all);
        return all;
    }

    /** Those that are answered with all settings too. */
    public static List<Question> settings() {
        return List.of(get("/values.php?settings"), get("/sub/values.php/x?settings"));
    }

    private static Question get(String target, String... headers) {
        return new Question("GET " + target, "GET", target, List.of(headers), new byte[0]);
    }

    private static void methods(List<Question> all) {
        for (String method : List.of("HEAD", "OPTIONS", "DELETE", "PROPFIND")) {
            all.add(of(method, "/values.php/info?x=1", ""));
        }
        for (String method : List.of("POST", "PUT", "PATCH")) {
            all.add(of(method, "/values.php/info?x=1", "a=1&b[]=%C3%BC+x&b[]=", FORM));
        }
        all.add(of("POST", "/values.php", "{\"a\": 1}", "Content-Type: application/json; charset=utf-8"));
        all.add(of("POST", "/values.php", ""));
        all.add(of("POST", "/values.php", "plain", "Content-Type: TEXT/Plain"));
        all.add(of("POST", "/values.php", "a=1", FORM + "; charset=iso-8859-1"));
        all.add(of("GET", "/values.php", "a=1", FORM));
        all.add(of("POST", "/sub/", "a=1", FORM));
        all.add(of("POST", "/front/any", "a=1", FORM));
        String part =
                "--b\r\nContent-Disposition: form-data; name=\"f\"; filename=\"a b.txt\"\r\nContent-Type: text/x\r\n\r\n";
        String field = "--b\r\nContent-Disposition: form-data; name=\"n\"\r\n\r\nv\r\n";
        all.add(of(
                "POST",
                "/values.php",
                field + part + "content\r\n--b--\r\n",
                "Content-Type: multipart/form-data; boundary=b"));
        all.add(chunked("POST", "/values.php", FORM));
        all.add(chunked("PUT", "/values.php/info", "Content-Type: text/plain"));
    }

    private static void headers(List<Question> all) {
        String[] some = {
            "Host: VALUES.test:8080",
            "Host: generic.test",
            "Host: encoded.test",
            "Host: [::1]",
            "Host: other.test.",
            "Proxy: http://evil.test/",
            "Authorization: Basic dXNlcjpwYXNzOndvcmQ=",
            "Authorization: Basic dXNlcg==",
            "Authorization: Bearer abc.def",
            "Authorization: Digest username=\"u\", realm=\"r\"",
            "Cookie: a=1; b=%20x; a=2; c[d]=e",
            "Content-Type: text/plain",
            "X-Forwarded-For: 1.2.3.4, 5.6.7.8",
            "X-Forwarded-Proto: https",
            "X_Underscore: 1",
            "X.Dot: 1",
            "X-Empty:",
            "X-Bytes: caf\u00e9 \u00ff",
            "X-Long: " + "x".repeat(7000),
            "X-Tab: a\tb",
            "If-Modified-Since: Sat, 29 Oct 1994 19:43:31 GMT",
            "If-None-Match: \"x\"",
            "Range: bytes=0-",
            "Accept-Encoding: gzip, br",
            "Accept: text/html, */*;q=0.1",
            "Upgrade-Insecure-Requests: 1",
            "X-Original-URL: /admin",
            "Redirect-Status: 404",
            "Script-Filename: /etc/passwd",
            "Content-Length: 0",
        };
        for (String header : some) {
            for (String path : List.of("/values.php", "/values.php/info?x=1", "/front/any")) {
                all.add(new Question(
                        "GET " + path + ", " + shortened(header), "GET", path, List.of(header), new byte[0]));
            }
        }
        all.add(new Question(
                "GET /values.php, X-Twice",
                "GET",
                "/values.php",
                List.of("X-Twice: 1", "X-Twice: 2", "Cookie: a=1", "Cookie: b=2"),
                new byte[0]));
        all.add(new Question(
                "GET http://values.test/values.php", "GET", "http://values.test/values.php", List.of(), new byte[0]));
    }

    private static String shortened(String header) {
        return header.length() > 60 ? header.substring(0, 60) + "..." : header;
    }

    private static Question of(String method, String target, String body, String... headers) {
        byte[] bytes = body.getBytes(StandardCharsets.ISO_8859_1);
        List<String> all = new ArrayList<>(List.of(headers));
        if (bytes.length > 0 || method.equals("POST")) {
            all.add("Content-Length: " + bytes.length);
        }
        String type = headers.length > 0 ? ", " + headers[0] : "";
        return new Question(method + " " + target + ", " + bytes.length + " bytes" + type, method, target, all, bytes);
    }

    private static Question chunked(String method, String target, String type) {
        byte[] body = "3\r\na=1\r\n4\r\n&b=2\r\n0\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1);
        List<String> headers = List.of(type, "Transfer-Encoding: chunked");
        return new Question(method + " " + target + ", chunked", method, target, headers, body);
    }

    /** The lines of the request but the one that ends it. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(method + " " + target + " HTTP/1.1");
        if (headers.stream().noneMatch(header -> header.startsWith("Host:"))) {
            lines.add("Host: values.test");
        }
        lines.addAll(headers);
        return lines;
    }

    @Override
    public String toString() {
        return name;
    }
}
