// SPDX-License-Identifier: Apache-2.0
package dev.hatter.fastcgi.transport;

import dev.hatter.fastcgi.RecordType;
import io.netty.buffer.ByteBuf;
import org.osgi.annotation.versioning.ConsumerType;

/** Hears of the rest of one request. All calls come on the front door's event loop, none after the request was ended. */
@ConsumerType
public interface RequestListener {
    /**
     * A piece of the request's body.
     *
     * @param stream STDIN, or DATA for a Filter
     * @param content at least one byte; the listener owns it and must release it
     */
    void onBody(RecordType stream, ByteBuf content);

    /** That stream is complete: its empty record has come. */
    void onBodyEnd(RecordType stream);

    /**
     * The web server gave the request up: an FCGI_ABORT_REQUEST, or a lost or timed-out connection. After an
     * ABORT_REQUEST the listener still has to end the request; {@link FrontRequest#isOpen()} tells.
     *
     * @param reason for a log line
     */
    void onAbort(String reason);

    /** The front connection takes more again, after {@link FrontRequest#isWritable()} was false. */
    void onWritable();

    /**
     * The front connection was read: what had arrived of this request has been handed over. What was sent on of it towards
     * the worker is to be flushed now.
     */
    void onFrontReadComplete();
}
