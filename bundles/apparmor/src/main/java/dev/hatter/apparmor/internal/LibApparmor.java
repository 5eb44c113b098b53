// SPDX-License-Identifier: Apache-2.0
package dev.hatter.apparmor.internal;

import jnr.ffi.annotations.In;
import jnr.ffi.annotations.Out;
import jnr.ffi.byref.PointerByReference;

/** The calls of libapparmor that are made; only {@link Library} sees it. Strings are bytes that end with 0. */
public interface LibApparmor {
    int aa_is_enabled();

    int aa_getcon(@Out PointerByReference label, @Out PointerByReference mode);

    int aa_gettaskcon(int pid, @Out PointerByReference label, @Out PointerByReference mode);

    int aa_change_onexec(@In byte[] profile);
}
