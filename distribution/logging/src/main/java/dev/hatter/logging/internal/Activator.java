// SPDX-License-Identifier: Apache-2.0
package dev.hatter.logging.internal;

import org.osgi.annotation.bundle.Header;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.service.log.LogReaderService;
import org.osgi.util.tracker.ServiceTracker;

/** Listens to every OSGi log there is. */
@Header(name = Constants.BUNDLE_ACTIVATOR, value = "${@class}")
public final class Activator implements BundleActivator {
    private ServiceTracker<LogReaderService, LogReaderService> tracker;

    @Override
    public void start(BundleContext context) {
        Forwarder forwarder = new Forwarder();
        tracker = new ServiceTracker<>(context, LogReaderService.class, null) {
            @Override
            public LogReaderService addingService(ServiceReference<LogReaderService> reference) {
                LogReaderService log = super.addingService(reference);
                log.addLogListener(forwarder);
                return log;
            }

            @Override
            public void removedService(ServiceReference<LogReaderService> reference, LogReaderService log) {
                log.removeLogListener(forwarder);
                super.removedService(reference, log);
            }
        };
        tracker.open();
    }

    @Override
    public void stop(BundleContext context) {
        tracker.close();
    }
}
