// SPDX-License-Identifier: Apache-2.0
package dev.hatter.pool.internal.worker;

import dev.hatter.fastcgi.ProtocolStatus;
import io.netty.buffer.ByteBuf;

/** Who has a {@link Slot} for one request. All calls come on the pool's event loop. */
public interface Occupant {
    /** A piece of the answer; the occupant owns it. */
    void onStdout(ByteBuf content);

    /** A piece of the worker's FCGI_STDERR; the occupant owns it. */
    void onStderr(ByteBuf content);

    /** The worker is done with the request. The slot is free again when this returns. */
    void onEnd(int appStatus, ProtocolStatus protocolStatus);

    /** What had arrived of the answer has been handed over; nobody knows when more of it comes. */
    void onWorkerReadComplete();

    /** The slot takes more of the body again. */
    void onWritable();

    /**
     * The worker is lost to this request.
     *
     * @param reason for the log and the web server
     */
    void onLost(Loss loss, String reason);

    /** What the request is, for a log line. */
    String describe();
}
