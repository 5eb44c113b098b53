// SPDX-License-Identifier: Apache-2.0
package dev.hatter.launcher;

import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The log: java.util.logging to standard error, in php-fpm's form. */
final class Logs {
    private static final String LEVEL_PROPERTY = "hatter.log.level";
    private static final Logger LOGGER;

    static {
        // before the first logger: it makes the manager
        System.setProperty("java.util.logging.manager", LastingLogManager.class.getName());
        LOGGER = Logger.getLogger("dev.hatter.launcher");
    }

    private Logs() {}

    /** To be called before anything logs. */
    static void configure() {
        Logger root = Logger.getLogger("");
        for (Handler handler : root.getHandlers()) {
            root.removeHandler(handler);
        }
        Handler handler = new ErrorStreamHandler();
        handler.setFormatter(new LogFormat());
        handler.setLevel(Level.ALL);
        root.addHandler(handler);
        root.setLevel(level(System.getProperty(LEVEL_PROPERTY, "notice")));
    }

    private static Level level(String name) {
        return switch (name) {
            case "error" -> Level.SEVERE;
            case "warning" -> Level.WARNING;
            case "notice" -> Level.INFO;
            case "debug" -> Level.FINE;
            default -> {
                warning(LEVEL_PROPERTY + " = \"" + name
                        + "\": must be error, warning, notice or debug; it is notice now");
                yield Level.INFO;
            }
        };
    }

    static void error(String text) {
        LOGGER.severe(text);
    }

    static void warning(String text) {
        LOGGER.warning(text);
    }

    static void notice(String text) {
        LOGGER.info(text);
    }
}
