// SPDX-License-Identifier: Apache-2.0
package dev.hatter.fastcgi.transport;

import org.osgi.annotation.versioning.ConsumerType;

/** What stands behind a {@link FrontDoor}: gets each request as soon as its parameters are complete. */
@ConsumerType
@FunctionalInterface
public interface RequestHandler {
    /**
     * A request has begun and its parameters are complete; its body may still be on the way. Called on the door's event
     * loop. The handler may answer from inside this call.
     *
     * @return who hears of the rest of the request; never null
     */
    RequestListener onRequest(FrontRequest request);
}
