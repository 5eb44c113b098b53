// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.apparmor.harness;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The guests that the tests share: each is run once. When the first test asks for one, all are: beside each other, as each
 * uses one processor only, where the machine has that many.
 */
public enum Boot {
    /** AppArmor as Debian has it; with room for each refusal in the log. */
    CONFINED("confined", "apparmor=1 security=apparmor log_buf_len=16M audit_backlog_limit=65536"),
    /** No AppArmor in the kernel. */
    WITHOUT("without", "apparmor=0");

    private static final ExecutorService RUNS = Executors.newFixedThreadPool(
            Math.min(values().length, Runtime.getRuntime().availableProcessors()), Boot::thread);

    private final String script;
    private final String kernelParameters;
    private Future<Guest> run;

    Boot(String script, String kernelParameters) {
        this.script = script;
        this.kernelParameters = kernelParameters;
    }

    /** What it brought back; if it failed, or can't run here, that again for each test. */
    public Guest guest() throws Throwable {
        start();
        try {
            return run.get();
        } catch (ExecutionException e) {
            throw e.getCause();
        }
    }

    private static synchronized void start() {
        for (Boot boot : values()) {
            if (boot.run == null) {
                boot.run = RUNS.submit(() -> Guest.run(boot.script, boot.kernelParameters));
            }
        }
    }

    /** The JVM doesn't wait for a guest that nobody has asked for. */
    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "guest");
        thread.setDaemon(true);
        return thread;
    }
}
