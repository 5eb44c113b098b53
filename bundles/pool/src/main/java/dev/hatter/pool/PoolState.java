// SPDX-License-Identifier: Apache-2.0
package dev.hatter.pool;

/** What a pool is doing. */
public enum PoolState {
    /** Its configuration can't be applied: it has no listener and no worker. */
    REFUSED,
    /** It is about to listen, or listens and its first worker isn't ready yet: requests wait. */
    STARTING,
    /** It listens and has workers. */
    ACTIVE,
    /** Its workers die as they start: requests are answered with 503, and a start is tried again now and then. */
    FAILING,
    /** It takes no more connections and finishes the requests it has. */
    STOPPING,
    /** It is gone. */
    STOPPED
}
