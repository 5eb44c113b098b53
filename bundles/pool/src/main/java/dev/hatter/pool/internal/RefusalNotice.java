// SPDX-License-Identifier: Apache-2.0
package dev.hatter.pool.internal;

import dev.hatter.pool.Refusal;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.function.Consumer;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.ComponentConstants;

/**
 * Tells consoles of one pool's {@link Refusal}. A service of its own, for a component can't change the properties of its
 * own one, and must not fail either: SCR would never try it again. Thread-safe.
 */
final class RefusalNotice implements Consumer<String>, AutoCloseable {
    private final BundleContext context;
    private final String pool;
    private final Object componentId;
    private ServiceRegistration<Refusal> told;
    private boolean closed;

    RefusalNotice(BundleContext context, String pool, Object componentId) {
        this.context = context;
        this.pool = pool;
        this.componentId = componentId;
    }

    /** @param reason null when the newest configuration is in force */
    @Override
    public synchronized void accept(String reason) {
        takeBack();
        if (reason != null && !closed) {
            told = context.registerService(Refusal.class, new Refusal(pool, reason), properties(reason));
        }
    }

    private Dictionary<String, Object> properties(String reason) {
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put("pool", pool);
        properties.put("reason", reason);
        properties.put(ComponentConstants.COMPONENT_ID, componentId);
        return properties;
    }

    private void takeBack() {
        if (told != null) {
            told.unregister();
            told = null;
        }
    }

    /** From now on there is nothing to tell. */
    @Override
    public synchronized void close() {
        closed = true;
        takeBack();
    }
}
