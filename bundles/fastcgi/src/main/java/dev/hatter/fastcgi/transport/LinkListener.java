// SPDX-License-Identifier: Apache-2.0
package dev.hatter.fastcgi.transport;

import dev.hatter.fastcgi.ProtocolStatus;
import io.netty.buffer.ByteBuf;
import java.util.Map;
import org.osgi.annotation.versioning.ConsumerType;

/** Hears what a worker sends on a {@link WorkerLink}. All calls come on the link's event loop, none after onClosed. */
@ConsumerType
public interface LinkListener {
    /** The connection is there: the worker's socket took it (which doesn't say that the worker has accepted it yet). */
    void onConnected();

    /** A piece of FCGI_STDOUT, at least one byte; the listener owns it and must release it. */
    void onStdout(ByteBuf content);

    /** A piece of FCGI_STDERR, at least one byte; the listener owns it and must release it. */
    void onStderr(ByteBuf content);

    /** FCGI_END_REQUEST: the request is over; with keep-alive the link can carry the next one. */
    void onEnd(int appStatus, ProtocolStatus protocolStatus);

    /** The answer to {@link WorkerLink#getValues()}: FCGI_MAX_CONNS and the like, as the worker knows them. */
    void onValues(Map<String, String> values);

    /**
     * The worker's connection was read: what had arrived of the answer has been handed over. More of it may take as long as
     * the script does, so what was sent on towards the web server is to be flushed now.
     */
    void onWorkerReadComplete();

    /** The link takes more again, after {@link WorkerLink#isWritable()} was false. */
    void onWritable();

    /**
     * The link is gone; comes exactly once, also when the connection could not be made, but not after
     * {@link WorkerLink#close()} was called by the owner.
     *
     * @param cause a connect or read error, a {@link dev.hatter.fastcgi.FastCgiException} when the worker sent what
     *     FastCGI doesn't allow, or null when the worker closed in good order
     */
    void onClosed(Throwable cause);
}
