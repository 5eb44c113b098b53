// SPDX-License-Identifier: Apache-2.0
package dev.hatter.fastcgi.transport;

import dev.hatter.fastcgi.Params;
import dev.hatter.fastcgi.ProtocolStatus;
import dev.hatter.fastcgi.Role;
import io.netty.buffer.ByteBuf;
import java.net.SocketAddress;
import org.osgi.annotation.versioning.ProviderType;

/** One request of a web server, and the way to answer it. To be used on the front door's event loop only. */
@ProviderType
public interface FrontRequest {
    /** The request id on its connection, 1 to 65535. */
    int id();

    Role role();

    /** FCGI_KEEP_CONN was set. */
    boolean keepConnection();

    /** The request's parameters. They belong to the request and are released when it ends, unless they were kept. */
    Params params();

    /**
     * Keeps the parameters beyond the end of the request, for one that is still to run though its web server has gone. To
     * be called before it ends, at the latest in {@link RequestListener#onAbort}. They go on counting against
     * {@link FrontLimits#maxTotalParamsLength()} until {@link #releaseParams()}.
     */
    void keepParams();

    /** Releases parameters that were {@linkplain #keepParams() kept}, once the request has ended. */
    void releaseParams();

    /** The web server's address; for a Unix socket something that prints as such. */
    SocketAddress remoteAddress();

    /** False once the request was ended or its connection was lost: further answers are dropped (and released). */
    boolean isOpen();

    /** Whether the connection takes more without piling it up. When false, {@link RequestListener#onWritable()} follows. */
    boolean isWritable();

    /** How many bytes were written to the connection, for all its requests, that the web server has not taken yet. */
    long pendingBytes();

    /** Whether other requests are under way on the same connection. */
    boolean sharesConnection();

    /** Sends a piece of FCGI_STDOUT; takes ownership; not flushed. Content of any length: it is cut into records. */
    void stdout(ByteBuf content);

    /** Sends a piece of FCGI_STDERR; takes ownership; not flushed. */
    void stderr(ByteBuf content);

    /** Ends the request: closes STDOUT (and STDERR where used), sends FCGI_END_REQUEST, flushes; closes without KEEP_CONN. */
    void end(int appStatus, ProtocolStatus protocolStatus);

    /**
     * Gives up a request without FCGI_END_REQUEST, so that the web server takes it for failed, as if a program of its own
     * had died, and not for complete: what was written of it is flushed, and the connection is closed as soon as no other
     * request is under way on it (after an empty FCGI_GET_VALUES_RESULT, where a part of the answer was sent). Web servers
     * that multiplex take each protocol status of an END_REQUEST for the end of a complete answer; until the connection is
     * closed, or they abort the request, their own time-out ends it.
     */
    void fail();

    /** Flushes what was written. */
    void flush();

    /**
     * Stops (true) or resumes (false) the arrival of the body. FastCGI has no flow control for one request, so the whole
     * connection stops being read while any of its requests is paused; what has been read already still arrives.
     */
    void pauseBody(boolean paused);
}
