// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.peers.harness;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Asks web servers. HTTP/1.1, redirects not followed, every answer awaited a minute at most. */
public final class Http {
    private static final Duration TIME = Duration.ofSeconds(20);
    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    private Http() {}

    public static HttpResponse<String> get(URI uri, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request.GET());
    }

    public static HttpResponse<String> post(URI uri, String type, String body) {
        return send(HttpRequest.newBuilder(uri).header("Content-Type", type).POST(BodyPublishers.ofString(body)));
    }

    /** Sends that many bytes of the pattern, with a Content-Length. */
    public static HttpResponse<String> upload(URI uri, long bytes) {
        var body = BodyPublishers.fromPublisher(BodyPublishers.ofInputStream(() -> Pattern.stream(bytes)), bytes);
        return send(HttpRequest.newBuilder(uri)
                .header("Content-Type", "application/octet-stream")
                .POST(body));
    }

    /** Receives a body of any length and returns its checksum and length, as the applications write them. */
    public static String download(URI uri) {
        HttpResponse<InputStream> response =
                exchange(HttpRequest.newBuilder(uri).GET(), BodyHandlers.ofInputStream());
        try (InputStream body = response.body()) {
            return response.statusCode() == 200 ? Pattern.checksum(body) : "status " + response.statusCode();
        } catch (IOException e) {
            throw new AssertionError("GET " + uri + ": " + e, e);
        }
    }

    /** An answer whose body is to be read while it comes. */
    public static HttpResponse<InputStream> open(HttpRequest.Builder request) {
        return exchange(request, BodyHandlers.ofInputStream());
    }

    public static HttpResponse<String> send(HttpRequest.Builder request) {
        return exchange(request, BodyHandlers.ofString());
    }

    private static <T> HttpResponse<T> exchange(HttpRequest.Builder request, HttpResponse.BodyHandler<T> handler) {
        HttpRequest built = request.timeout(TIME).build();
        try {
            return CLIENT.send(built, handler);
        } catch (IOException e) {
            throw new AssertionError(built.method() + " " + built.uri() + ": " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
