// SPDX-License-Identifier: Apache-2.0
package dev.hatter.pool.internal.worker;

import dev.hatter.pool.WorkerSnapshot;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The workers there are. Lives on the pool's event loop. */
final class Roster {
    private final List<Worker> workers = new ArrayList<>();

    void add(Worker worker) {
        workers.add(worker);
    }

    void remove(Worker worker) {
        workers.remove(worker);
    }

    boolean isEmpty() {
        return workers.isEmpty();
    }

    /** All of them; a copy, so that they may come and go meanwhile. */
    List<Worker> all() {
        return List.copyOf(workers);
    }

    List<Worker> in(WorkerState state) {
        return stream(state).toList();
    }

    int count(WorkerState state) {
        return (int) stream(state).count();
    }

    /** Those of one generation that are neither retiring nor ending, those that are ready first. */
    List<Worker> staying(int generation) {
        return workers.stream()
                .filter(worker ->
                        worker.generation() == generation && worker.state().canBecome(WorkerState.RETIRING))
                .sorted(Comparator.comparing((Worker worker) -> worker.state() != WorkerState.READY))
                .toList();
    }

    /** All of one generation, be they on their way in or out. Asked for each request that has to wait. */
    int present(int generation) {
        int present = 0;
        for (Worker worker : workers) {
            if (worker.generation() == generation) {
                present++;
            }
        }
        return present;
    }

    /** Children that could take a request now. */
    int idlePlaces(int generation) {
        int idle = 0;
        for (Worker worker : workers) {
            if (worker.state() == WorkerState.READY && worker.generation() == generation) {
                idle += worker.places() - worker.active();
            }
        }
        return idle;
    }

    /** The ready ones of one generation without a request, the longest idle first. */
    List<Worker> idle(int generation) {
        return stream(WorkerState.READY)
                .filter(worker -> worker.generation() == generation && !worker.isBusy())
                .sorted(Comparator.comparingLong(Worker::idleSinceNanos))
                .toList();
    }

    List<WorkerSnapshot> snapshot() {
        return workers.stream().map(Worker::snapshot).toList();
    }

    private Stream<Worker> stream(WorkerState state) {
        return workers.stream().filter(worker -> worker.state() == state);
    }
}
