// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.containers.invoker;

import java.util.Dictionary;
import java.util.Hashtable;
import org.ops4j.pax.exam.ProbeInvokerFactory;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/**
 * Tells Pax Exam how tests are called in Karaf: just so. It calls them so by itself in Felix, but insists on a driver in
 * Karaf, and has one for JUnit 4 only.
 */
public final class Activator implements BundleActivator {
    /** The driver's name. */
    public static final String DRIVER = "plain";

    @Override
    public void start(BundleContext context) {
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put("driver", DRIVER);
        ProbeInvokerFactory factory = (tests, expression) -> new PlainInvoker((BundleContext) tests, expression);
        context.registerService(ProbeInvokerFactory.class, factory, properties);
    }

    @Override
    public void stop(BundleContext context) {
        // the framework takes the service back
    }
}
