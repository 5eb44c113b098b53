// SPDX-License-Identifier: Apache-2.0
package dev.hatter.process;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Collects what processes write. */
public final class Lines implements OutputListener {
    private final List<String> out = new CopyOnWriteArrayList<>();
    private final List<String> err = new CopyOnWriteArrayList<>();

    @Override
    public void onLine(WorkerProcess process, Stream stream, String line) {
        (stream == Stream.STDOUT ? out : err).add(line);
    }

    public List<String> out() {
        return List.copyOf(out);
    }

    public List<String> err() {
        return List.copyOf(err);
    }

    /** Waits for a line on standard output. */
    public void awaitOut(String line) {
        await().atMost(Duration.ofSeconds(20)).until(() -> out.contains(line));
    }
}
