// SPDX-License-Identifier: Apache-2.0
package dev.hatter.pool.internal;

import dev.hatter.pool.internal.settings.InvalidSettingsException;
import java.util.List;

/** A pool's program isn't installed, which {@code command.optional} allows for. */
final class ProgramMissingException extends InvalidSettingsException {
    private static final long serialVersionUID = 1L;

    ProgramMissingException(String program) {
        super(List.of("its program " + program + " isn't installed; once it is, save the pool's file again"));
    }
}
