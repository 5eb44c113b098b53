// SPDX-License-Identifier: Apache-2.0
package dev.hatter.pool.internal;

import dev.hatter.pool.Pool;
import dev.hatter.process.Confinement;
import java.util.Dictionary;
import java.util.Map;
import java.util.TreeMap;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.Filter;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.ConfigurationEvent;
import org.osgi.service.cm.ConfigurationListener;
import org.osgi.service.cm.ConfigurationPlugin;
import org.osgi.util.tracker.ServiceTracker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the reference to the confinement service mandatory for pools with {@code apparmor_hat}, and for them alone; and says
 * of those that have to wait for it that they do, since SCR doesn't make them then. Thread-safe.
 */
final class HatGate extends ServiceTracker<Confinement, Confinement>
        implements ConfigurationPlugin, ConfigurationListener {
    /** The reference of {@link PoolComponent}. */
    static final String REFERENCE = "confinement";

    /** Which confinement service is meant. */
    static final String TARGET = "(" + Confinement.TYPE + "=apparmor)";

    private static final String MINIMUM = REFERENCE + ".cardinality.minimum";
    private static final String HAT = "apparmor_hat";

    private static final Logger LOG = LoggerFactory.getLogger(HatGate.class);

    private final Map<String, String> hats = new TreeMap<>(); // by PID
    private StatusFiles statusFiles;

    HatGate(BundleContext context) {
        super(context, filter(context), null);
    }

    private static Filter filter(BundleContext context) {
        try {
            return context.createFilter(
                    "(&(" + Constants.OBJECTCLASS + "=" + Confinement.class.getName() + ")" + TARGET + ")");
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether the service is there. While its leaving is being told, it no longer is. */
    boolean isConfinementThere() {
        try {
            return !context.getServiceReferences(Confinement.class, TARGET).isEmpty();
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void modifyConfiguration(ServiceReference<?> reference, Dictionary<String, Object> properties) {
        Object value = properties.get(HAT);
        String hat = value == null ? "" : String.valueOf(value).strip();
        Object pid = properties.get(Constants.SERVICE_PID);
        if (!hat.isEmpty()) {
            properties.put(MINIMUM, 1);
        }
        if (pid != null) {
            note(pid.toString(), hat);
        }
    }

    private synchronized void note(String pid, String hat) {
        if (hat.isEmpty()) {
            hats.remove(pid);
            endWaiting(pid);
        } else if (!hat.equals(hats.put(pid, hat)) && isEmpty()) {
            tell(pid, hat);
        }
    }

    @Override
    public synchronized void configurationEvent(ConfigurationEvent event) {
        boolean deleted =
                event.getType() == ConfigurationEvent.CM_DELETED && Pool.FACTORY_PID.equals(event.getFactoryPid());
        if (deleted && hats.remove(event.getPid()) != null) {
            endWaiting(event.getPid());
        }
    }

    @Override
    public Confinement addingService(ServiceReference<Confinement> reference) {
        Confinement service = super.addingService(reference);
        forgetWaiting();
        return service;
    }

    private synchronized void forgetWaiting() {
        hats.keySet().forEach(this::endWaiting);
    }

    @Override
    public synchronized void removedService(ServiceReference<Confinement> reference, Confinement service) {
        super.removedService(reference, service);
        boolean closing = getTrackingCount() < 0;
        if (!closing && isEmpty()) {
            hats.forEach(this::tell);
        }
    }

    /** Where it is said from now on; null for nowhere, and what was said is taken back. */
    synchronized void setStatusFiles(StatusFiles files) {
        forgetWaiting();
        statusFiles = files;
        if (isEmpty()) {
            hats.forEach(this::writeState);
        }
    }

    private void tell(String pid, String hat) {
        LOG.warn("[pool {}] {}", PoolName.of(pid), waiting(hat));
        writeState(pid, hat);
    }

    private void writeState(String pid, String hat) {
        if (statusFiles != null) {
            statusFiles.setWaiting(PoolName.of(pid), waiting(hat));
        }
    }

    private void endWaiting(String pid) {
        if (statusFiles != null) {
            statusFiles.endWaiting(PoolName.of(pid));
        }
    }

    private static String waiting(String hat) {
        return "waiting: apparmor_hat = \"" + hat + "\" needs a confinement service, and there is none; bundle"
                + " dev.hatter.apparmor says in the log why it has none to give";
    }
}
