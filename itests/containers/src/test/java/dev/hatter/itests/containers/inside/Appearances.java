// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.containers.inside;

import java.util.concurrent.atomic.AtomicInteger;
import org.osgi.framework.AllServiceListener;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceEvent;

/** How often a pool's service has been registered, be it for a moment, since this was made. */
public final class Appearances implements AutoCloseable {
    private final AtomicInteger count = new AtomicInteger();
    private final BundleContext context;
    private final AllServiceListener listener = event -> {
        if (event.getType() == ServiceEvent.REGISTERED) {
            count.incrementAndGet();
        }
    };

    public Appearances(Container container, TestPool pool) {
        context = container.context();
        try {
            context.addServiceListener(listener, "(service.pid=dev.hatter.pool~" + pool.name() + ")");
        } catch (InvalidSyntaxException e) {
            throw new IllegalArgumentException(e);
        }
    }

    public int count() {
        return count.get();
    }

    @Override
    public void close() {
        context.removeServiceListener(listener);
    }
}
