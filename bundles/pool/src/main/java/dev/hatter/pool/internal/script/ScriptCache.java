// SPDX-License-Identifier: Apache-2.0
package dev.hatter.pool.internal.script;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Remembers for a moment which paths were found to be scripts, so that the file system is asked once a second and not once
 * a request. Only what was found is kept: a refusal or a missing file is looked up anew each time. For one thread.
 */
public final class ScriptCache {
    private static final long LIFETIME_NANOS = 1_000_000_000L;
    private static final int MAX_ENTRIES = 1_000;

    private final Map<String, Known> entries = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Known> eldest) {
            return size() > MAX_ENTRIES;
        }
    };

    private record Known(Resolution.Script script, long since) {}

    /** What that path was found to be, or null when that isn't known or too long ago. */
    public Resolution.Script get(String path, long nowNanos) {
        Known known = entries.get(path);
        return known != null && nowNanos - known.since < LIFETIME_NANOS ? known.script : null;
    }

    /** Keeps what was found. */
    public void put(String path, Resolution.Script script, long nowNanos) {
        entries.put(path, new Known(script, nowNanos));
    }

    /** Forgets all, as the rules have changed. */
    public void clear() {
        entries.clear();
    }
}
