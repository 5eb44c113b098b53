// SPDX-License-Identifier: Apache-2.0
package dev.hatter.logging.internal;

import org.osgi.service.log.LogEntry;
import org.osgi.service.log.LogListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands log entries on to slf4j. What the framework and its services merely mention (bundle started, service registered)
 * is detail to an operator of pools, so only warnings and errors keep their level.
 */
final class Forwarder implements LogListener {
    @Override
    public void logged(LogEntry entry) {
        String name = entry.getLoggerName();
        Logger logger = LoggerFactory.getLogger(name == null ? "osgi" : name);
        String text = text(entry);
        switch (entry.getLogLevel()) {
            case ERROR -> logger.error(text, entry.getException());
            case WARN -> logger.warn(text, entry.getException());
            case TRACE -> logger.trace(text, entry.getException());
            default -> logger.debug(text, entry.getException());
        }
    }

    private static String text(LogEntry entry) {
        String bundle = entry.getBundle() == null ? null : entry.getBundle().getSymbolicName();
        return bundle == null ? entry.getMessage() : "[bundle " + bundle + "] " + entry.getMessage();
    }
}
