// SPDX-License-Identifier: Apache-2.0
package dev.hatter.configuration.internal;

import java.util.Dictionary;
import java.util.Hashtable;
import org.apache.felix.cm.PersistenceManager;
import org.osgi.annotation.bundle.Header;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;

/** Registers what the framework property {@code felix.cm.pm = none} names. */
@Header(name = Constants.BUNDLE_ACTIVATOR, value = "${@class}")
public final class Activator implements BundleActivator {
    private static final String NAME = "none";

    @Override
    public void start(BundleContext context) {
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put(PersistenceManager.PROPERTY_NAME, NAME);
        context.registerService(PersistenceManager.class, new NothingKept(), properties);
    }

    @Override
    public void stop(BundleContext context) {
        // the framework takes the service back
    }
}
