// SPDX-License-Identifier: Apache-2.0
package dev.hatter.pool.internal;

import java.util.Dictionary;
import java.util.Hashtable;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.service.cm.ConfigurationListener;
import org.osgi.service.cm.ConfigurationPlugin;

/**
 * Registers the {@link HatGate}. Not a component: SCR looks at a bundle only after it has started, so what an activator
 * registers is there before SCR reads the first configuration; what comes later has no effect on those that were read.
 */
public final class Activator implements BundleActivator {
    /** In this range SCR takes what a plugin changes. */
    private static final int RANKING = 500;

    private HatGate gate;

    @Override
    public void start(BundleContext context) {
        gate = new HatGate(context);
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put(ConfigurationPlugin.CM_RANKING, RANKING);
        properties.put("cm.target", dev.hatter.pool.Pool.FACTORY_PID);
        properties.put("config.plugin.id", Activator.class.getPackageName());
        properties.put(
                Constants.SERVICE_DESCRIPTION, "Makes the confinement service mandatory for pools with apparmor_hat");
        String[] services = {
            HatGate.class.getName(), ConfigurationPlugin.class.getName(), ConfigurationListener.class.getName()
        };
        context.registerService(services, gate, properties);
        gate.open();
    }

    @Override
    public void stop(BundleContext context) {
        gate.close();
    }
}
