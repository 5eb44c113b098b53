// SPDX-License-Identifier: Apache-2.0
package dev.hatter.benchmarks;

import static org.awaitility.Awaitility.await;

import dev.hatter.itests.peers.harness.Backend;
import dev.hatter.itests.peers.harness.Logs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;

/**
 * Requests whose clients leave while all workers are busy, as calls with a short time-out do that somebody else's program
 * makes. Each script leaves a mark.
 */
final class Abandoned {
    static final int REQUESTS = 6;

    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final Duration TIME = Duration.ofSeconds(60);
    private static final String RELEASE = "release";

    private final Site site;
    private final Backend.Unix listen;

    Abandoned(Site site, Backend.Unix listen) {
        this.site = site;
        this.listen = listen;
    }

    /** How many of them run in the end. */
    int run() {
        clear();
        List<Visitor> holders = new ArrayList<>();
        List<Visitor> leavers = new ArrayList<>();
        try {
            ask("hold", Arena.WORKERS, holders);
            await("all workers busy").atMost(TIME).until(() -> marks("hold") == Arena.WORKERS);
            ask("mark", REQUESTS, leavers);
            Thread.sleep(PATIENCE.toMillis());
            leavers.forEach(Visitor::close);
            Files.createFile(site.marks().resolve(RELEASE));
            awaitMarks(holders);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } finally {
            Stream.of(holders, leavers).flatMap(List::stream).forEach(Visitor::close);
        }
        return (int) marks("mark");
    }

    /** Meanwhile those who hold a worker take their answers and go: php-fpm's workers wait until they have. */
    private void awaitMarks(List<Visitor> holders) {
        try {
            await("abandoned requests").atMost(TIME).until(() -> {
                holders.removeIf(Abandoned::isGone);
                return marks("mark") == REQUESTS;
            });
        } catch (ConditionTimeoutException e) {
            Logs.say("some requests that nobody waits for never ran"); // how many did is what is measured
        }
    }

    private static boolean isGone(Visitor holder) {
        boolean answered = holder.read();
        if (answered) {
            holder.close();
        }
        return answered;
    }

    private void ask(String script, int requests, List<Visitor> visitors) throws IOException {
        Map<String, String> params = Asking.params(site, "/" + script + ".php");
        for (int i = 0; i < requests; i++) {
            params.put("QUERY_STRING", script + i);
            visitors.add(Visitor.ask(listen, Visitor.request(params), System.nanoTime()));
        }
    }

    private long marks(String name) {
        try (Stream<Path> marks = Files.list(site.marks())) {
            return marks.filter(mark -> mark.getFileName().toString().startsWith(name))
                    .count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void clear() {
        try (Stream<Path> marks = Files.list(site.marks())) {
            for (Path mark : marks.toList()) {
                Files.delete(mark);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
