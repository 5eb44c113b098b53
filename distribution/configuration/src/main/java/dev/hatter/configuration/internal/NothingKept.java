// SPDX-License-Identifier: Apache-2.0
package dev.hatter.configuration.internal;

import java.util.Collections;
import java.util.Dictionary;
import java.util.Enumeration;
import org.apache.felix.cm.PersistenceManager;

/**
 * Keeps nothing: ConfigAdmin has what was stored in a cache of its own, and the files are the truth. Unlike ConfigAdmin's
 * {@code memory}, in front of which there is no cache and which copies all configurations at each look for one: FileInstall
 * looks once for each file, which made a thousand files half a million copies. Thread-safe.
 */
final class NothingKept implements PersistenceManager {
    @Override
    public boolean exists(String pid) {
        return false;
    }

    @Override
    @SuppressWarnings("rawtypes") // as ConfigAdmin declares it
    public Dictionary load(String pid) {
        return null;
    }

    @Override
    @SuppressWarnings("rawtypes") // as above
    public Enumeration getDictionaries() {
        return Collections.emptyEnumeration();
    }

    @Override
    @SuppressWarnings("rawtypes") // as above
    public void store(String pid, Dictionary properties) {
        // the cache has it
    }

    @Override
    public void delete(String pid) {
        // the cache had it
    }
}
