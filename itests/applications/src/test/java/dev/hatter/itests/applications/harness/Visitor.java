// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.applications.harness;

import dev.hatter.itests.peers.harness.FrontServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** A person with a browser: keeps cookies, follows redirections, and lets a witness see each answer. */
public final class Visitor {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int REDIRECTIONS = 5;

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .cookieHandler(new CookieManager())
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    private final FrontServer.Front front;
    private final Witness witness;
    private final List<String> headers = new ArrayList<>();

    public Visitor(FrontServer.Front front, Witness witness) {
        this.front = front;
        this.witness = witness;
    }

    /** One of whom nobody takes notice. */
    public Visitor(FrontServer.Front front) {
        this(front, (step, answer) -> {});
    }

    /** Is told each answer, redirections and all. */
    public interface Witness {
        void tell(String step, HttpResponse<byte[]> answer);
    }

    /** Sends that header with each request from now on, as an application's scripts do. */
    public void send(String name, String value) {
        headers.add(name);
        headers.add(value);
    }

    public Page open(String step, String path) {
        return follow(step, HttpRequest.newBuilder(front.uri(path)).GET());
    }

    /** The page and what a browser loads with it, all at once. */
    public Page look(String step, String path) {
        Page page = open(step, path);
        Map<URI, CompletableFuture<HttpResponse<byte[]>>> answers = new LinkedHashMap<>();
        page.resources().forEach(uri -> answers.put(uri, client.sendAsync(request(uri), BodyHandlers.ofByteArray())));
        answers.values().forEach(answer -> witness.tell(step + ", with it", answer.join()));
        return page;
    }

    /** Sends the form of a page that was shown. */
    public Page submit(String step, Page page, Form form) {
        return follow(step, Forms.plain(form.target(page), form.fields()));
    }

    /** The same with a file in the field of that name. */
    public Page upload(String step, Page page, Form form, String field, String fileName, byte[] content) {
        URI uri = form.target(page);
        return follow(step, Forms.withFile(uri, form.fields(), field, fileName, content));
    }

    private HttpRequest request(URI uri) {
        return complete(HttpRequest.newBuilder(uri));
    }

    private HttpRequest complete(HttpRequest.Builder request) {
        if (!headers.isEmpty()) {
            request.headers(headers.toArray(String[]::new));
        }
        return request.timeout(PATIENCE).build();
    }

    private Page follow(String step, HttpRequest.Builder first) {
        HttpResponse<byte[]> answer = send(complete(first));
        witness.tell(step, answer);
        List<URI> way = new ArrayList<>();
        while (answer.statusCode() / 100 == 3) {
            URI next =
                    answer.uri().resolve(answer.headers().firstValue("location").orElseThrow());
            way.add(next);
            if (way.size() > REDIRECTIONS) {
                throw new AssertionError(step + ": redirected from one to the next: " + way);
            }
            answer = send(request(next));
            witness.tell(step + ", redirected", answer);
        }
        return new Page(step, answer.uri(), answer.statusCode(), answer.body());
    }

    private HttpResponse<byte[]> send(HttpRequest request) {
        try {
            return client.send(request, BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(request.uri().toString(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
