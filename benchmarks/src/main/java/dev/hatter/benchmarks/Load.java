// SPDX-License-Identifier: Apache-2.0
package dev.hatter.benchmarks;

/**
 * What clients ask for.
 *
 * @param script its path
 * @param bodyBytes what they send
 * @param answer what they get, or null when that is the letter x {@link Site#LARGE} times
 * @param megabytes what goes through the pool in a request, or 0 when nobody counts
 */
record Load(String script, int clients, int bodyBytes, String answer, double megabytes) {
    private static final int UPLOAD = 10 * 1024 * 1024;

    static Load hello(int clients) {
        return new Load("/hello.php", clients, 0, "hello", 0);
    }

    static Load work(String script, int clients) {
        return new Load(script, clients, 0, "hello", 0);
    }

    static Load large(int clients) {
        return new Load("/large.php", clients, 0, null, Site.LARGE / 1e6);
    }

    static Load upload(int clients) {
        return new Load("/upload.php", clients, UPLOAD, "" + UPLOAD, UPLOAD / 1e6);
    }

    String method() {
        // PHP takes a POST apart by itself
        return bodyBytes > 0 ? "PUT" : "GET";
    }

    String expected() {
        return answer == null ? "x".repeat(Site.LARGE) : answer;
    }
}
