// SPDX-License-Identifier: Apache-2.0
package dev.hatter.benchmarks;

import dev.hatter.itests.peers.harness.Logs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;

/** Load by wrk, through the web server. */
final class HttpWorkload implements Workload {
    private final Arena arena;
    private final Times times;
    private final String name;
    private final String title;
    private final Load load;
    private final Way way;
    private final List<String> contestants;

    HttpWorkload(Arena arena, Times times, String name, String title, Load load, Way way, List<String> contestants) {
        this.arena = arena;
        this.times = times;
        this.name = name;
        this.title = title;
        this.load = load;
        this.way = way;
        this.contestants = contestants;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String title() {
        return title;
    }

    @Override
    public List<String> contestants() {
        return contestants.stream().filter(arena::has).toList();
    }

    @Override
    public void prepare(String contestant) {
        check(arena.uri(contestant, way), load);
        if (contestant.startsWith(Contestant.HATTER)) {
            arena.warming()
                    .warm(arena.server(contestant), name + ", " + contestant, arena.uri(contestant, way), load, 1);
        }
    }

    @Override
    public Sample run(String contestant) {
        return measure(
                arena.front(),
                arena.wrk(),
                arena.server(contestant),
                arena.uri(contestant, way),
                load,
                1,
                times.seconds());
    }

    /** Asks once and compares the answer with what it should be. */
    static void check(URI base, Load load) {
        URI uri = base.resolve(load.script());
        HttpRequest request = HttpRequest.newBuilder(uri)
                .method(load.method(), HttpRequest.BodyPublishers.ofByteArray(new byte[load.bodyBytes()]))
                .build();
        try {
            HttpResponse<String> answer = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .build()
                    .send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200 || !answer.body().equals(load.expected())) {
                throw new IllegalStateException(uri + " answers " + answer.statusCode() + ": "
                        + answer.body().substring(0, Math.min(200, answer.body().length())));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(uri.toString(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** One run of wrk, with what it cost the processes. */
    static Sample measure(Front front, Wrk wrk, Server server, URI base, Load load, int paths, int seconds) {
        Processes processes = server.processes();
        Processes nginx = front.processes();
        Processes.Cpu before = processes.cpu();
        Processes.Cpu nginxBefore = nginx.cpu();
        Sample sample = wrk.run(base, load, paths, seconds);
        Processes.Cpu after = processes.cpu();
        double requests = sample.get(Figure.REQUESTS).orElseThrow() * seconds;
        if (requests == 0) {
            Logs.say("no request was answered");
            return sample;
        }
        return sample.with(Figure.MANAGER_CPU, after.managersSince(before) * 1e6 / requests)
                .with(Figure.WORKERS_CPU, after.workersSince(before) * 1e6 / requests)
                .with(Figure.FRONT_CPU, nginx.cpu().managersSince(nginxBefore) * 1e6 / requests)
                .with(Figure.MANAGER_RSS, processes.managersRss() / 1024);
    }
}
