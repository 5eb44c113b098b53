// SPDX-License-Identifier: Apache-2.0
package dev.hatter.pool.internal.lane;

import dev.hatter.pool.internal.settings.LaunchSettings;
import dev.hatter.pool.internal.worker.CrewContext;
import dev.hatter.process.ConfinementException;
import dev.hatter.process.LaunchException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the confinement service, off the event loop, whether there is such a hat; remembers for a moment that there isn't. */
final class HatFinder {
    private static final Logger LOG = LoggerFactory.getLogger(HatFinder.class);

    private static final int MOST_REMEMBERED = 1_000;
    private static final long REMEMBERED_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final CrewContext context;
    private final Map<String, Long> missing = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > MOST_REMEMBERED;
        }
    };

    HatFinder(CrewContext context) {
        this.context = context;
    }

    /** @param found called on the loop, at once or later, with whether workers may wear it */
    void find(String hat, LaunchSettings launch, Consumer<Boolean> found) {
        Long since = missing.get(hat);
        if (since != null && context.opener().nowNanos() - since < REMEMBERED_NANOS) {
            found.accept(false);
            return;
        }
        context.blocking().execute(() -> {
            String obstacle = obstacle(hat, launch);
            context.loop().execute(() -> note(hat, obstacle, found));
        });
    }

    private String obstacle(String hat, LaunchSettings launch) {
        try {
            context.forHat(hat, context.quota()).enclosure(launch).check();
            return null;
        } catch (LaunchException | ConfinementException e) {
            return e.getMessage();
        }
    }

    private void note(String hat, String obstacle, Consumer<Boolean> found) {
        if (obstacle == null) {
            missing.remove(hat);
        } else if (missing.put(hat, context.opener().nowNanos()) == null) {
            LOG.warn("[pool {}] no worker can wear \"{}\": {}", context.pool(), hat, obstacle);
        }
        found.accept(obstacle == null);
    }

    /** The rules have changed. */
    void forget() {
        missing.clear();
    }
}
