// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.containers.fake;

import dev.hatter.process.Confinement;
import java.util.Dictionary;
import java.util.Hashtable;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** Registers the fake, as of the type that its bundle's location names: {@code fake:TYPE}. */
public final class Activator implements BundleActivator {
    @Override
    public void start(BundleContext context) {
        Dictionary<String, Object> properties = new Hashtable<>();
        String location = context.getBundle().getLocation();
        properties.put(Confinement.TYPE, location.substring(location.indexOf(':') + 1));
        context.registerService(Confinement.class, new FakeConfinement(), properties);
    }

    @Override
    public void stop(BundleContext context) {
        // the framework takes the service back
    }
}
