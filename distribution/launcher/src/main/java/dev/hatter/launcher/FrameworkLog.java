// SPDX-License-Identifier: Apache-2.0
package dev.hatter.launcher;

import org.apache.felix.framework.Logger;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;
import org.slf4j.LoggerFactory;

/** The framework's own messages, which would else be printed to standard output. */
final class FrameworkLog extends Logger {
    private static final org.slf4j.Logger LOG = LoggerFactory.getLogger("org.apache.felix.framework");

    @Override
    @SuppressWarnings("rawtypes") // as Felix declares it
    protected void doLog(Bundle bundle, ServiceReference service, int level, String text, Throwable cause) {
        doLog(level, bundle == null ? text : "[bundle " + bundle.getSymbolicName() + "] " + text, cause);
    }

    @Override
    protected void doLog(int level, String text, Throwable cause) {
        switch (level) {
            case LOG_ERROR -> LOG.error(text, cause);
            case LOG_WARNING -> LOG.warn(text, cause);
            default -> LOG.debug(text, cause);
        }
    }
}
