// SPDX-License-Identifier: Apache-2.0
package dev.hatter.pool.internal.worker;

import dev.hatter.process.ConfinementException;
import java.util.List;
import java.util.function.BiConsumer;

/** Reads from the kernel what workers wear, off the event loop, and comes back to it. */
final class Labels {
    private final CrewContext context;
    private final BiConsumer<Worker, String> unfit;

    /** @param unfit hears, on the loop, of a worker that doesn't wear what it must, and why */
    Labels(CrewContext context, BiConsumer<Worker, String> unfit) {
        this.context = context;
        this.unfit = unfit;
    }

    /**
     * Looks at those of them that have to be confined.
     *
     * @param fit called on the loop for each that is, with its label
     */
    void verify(List<Worker> workers, BiConsumer<Worker, String> fit) {
        List<Worker> confined = workers.stream().filter(Worker::isConfined).toList();
        if (!confined.isEmpty()) {
            context.blocking().execute(() -> confined.forEach(worker -> verify(worker, fit)));
        }
    }

    private void verify(Worker worker, BiConsumer<Worker, String> fit) {
        try {
            String label = worker.process().verifyConfinement();
            context.loop().execute(() -> fit.accept(worker, label));
        } catch (ConfinementException e) {
            context.loop().execute(() -> unfit.accept(worker, e.getMessage()));
        }
    }
}
