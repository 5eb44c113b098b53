// SPDX-License-Identifier: Apache-2.0
package dev.hatter.apparmor.internal;

import jnr.ffi.Pointer;

/** free(3), for the labels that libapparmor allocates. */
public interface Free {
    void free(Pointer pointer);
}
