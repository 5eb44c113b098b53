// SPDX-License-Identifier: Apache-2.0
package dev.hatter.pool.internal.settings;

import java.util.List;

/** A configuration that can't be applied, with all its faults. */
public class InvalidSettingsException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<String> faults;

    public InvalidSettingsException(List<String> faults) {
        // the faults say all there is to say; a stack trace would bury them in the log
        super(String.join("; ", faults), null, false, false);
        this.faults = List.copyOf(faults);
    }

    public List<String> faults() {
        return faults;
    }
}
