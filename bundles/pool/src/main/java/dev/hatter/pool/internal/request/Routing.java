// SPDX-License-Identifier: Apache-2.0
package dev.hatter.pool.internal.request;

import dev.hatter.fastcgi.Params;
import java.util.function.Consumer;

/** Which dispatcher a request goes to. All calls come on the pool's event loop. */
public interface Routing {
    /** The dispatcher for a request with those parameters, if that is known without looking; else null. */
    Dispatcher known(Params params);

    /**
     * Looks for it where it isn't known.
     *
     * @param found called on the loop, at once or later; with null when there is none for such a request
     */
    void find(Params params, Consumer<Dispatcher> found);

    /** Another request has begun on a connection that is shared. */
    void onConnectionShared();
}
