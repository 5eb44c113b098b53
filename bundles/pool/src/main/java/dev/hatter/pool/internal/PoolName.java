// SPDX-License-Identifier: Apache-2.0
package dev.hatter.pool.internal;

/** The name of a pool: what follows the tilde in its configuration's PID. */
final class PoolName {
    private PoolName() {}

    /** "www" for the PID "dev.hatter.pool~www". */
    static String of(String pid) {
        int tilde = pid.indexOf('~');
        return tilde < 0 ? pid.substring(pid.lastIndexOf('.') + 1) : pid.substring(tilde + 1);
    }
}
