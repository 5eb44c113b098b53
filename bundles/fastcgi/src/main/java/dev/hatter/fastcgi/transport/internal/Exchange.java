// SPDX-License-Identifier: Apache-2.0
package dev.hatter.fastcgi.transport.internal;

import dev.hatter.fastcgi.FastCgi;
import dev.hatter.fastcgi.FastCgiException;
import dev.hatter.fastcgi.Params;
import dev.hatter.fastcgi.ParamsException;
import dev.hatter.fastcgi.ParamsReader;
import dev.hatter.fastcgi.ProtocolStatus;
import dev.hatter.fastcgi.RecordEncoder;
import dev.hatter.fastcgi.RecordType;
import dev.hatter.fastcgi.Role;
import dev.hatter.fastcgi.transport.FrontRequest;
import dev.hatter.fastcgi.transport.RequestListener;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.net.SocketAddress;

/** One request on a front connection: collects its parameters, then stands between its records and its listener. */
final class Exchange implements FrontRequest {
    /** Room for what ends a request: an empty record, and one with a body. */
    private static final int END_LENGTH = 2 * FastCgi.HEADER_LENGTH + FastCgi.FIXED_BODY_LENGTH;

    private final FrontConnection connection;
    private final int id;
    private final Role role;
    private final boolean keepConnection;
    private final long begun;
    private ParamsReader reader;
    private int paramsHeld;
    private Params params;
    private RequestListener listener;
    private boolean open = true;
    private boolean aborted;
    private boolean stdinEnded;
    private boolean dataEnded;
    private boolean stdoutUsed;
    private boolean paused;
    private boolean paramsKept;

    /** @param role null when the web server asked for one that FastCGI does not know; such a request is only ended */
    Exchange(FrontConnection connection, int id, Role role, boolean keepConnection) {
        this.connection = connection;
        this.id = id;
        this.role = role;
        this.keepConnection = keepConnection;
        this.begun = connection.door().now();
        this.reader = new ParamsReader(
                connection.allocator(), connection.door().limits().maxParamsLength());
        this.dataEnded = role != Role.FILTER;
    }

    void onParams(ByteBuf in, int length) throws FastCgiException {
        if (reader == null) {
            throw new FastCgiException("PARAMS of " + length + " bytes for request " + id + " after their end");
        }
        if (!connection.door().holdParams(length)) {
            refuseForLackOfRoom("the parameters of all requests together exceed "
                    + connection.door().limits().maxTotalParamsLength() + " bytes");
            return;
        }
        paramsHeld += length;
        try {
            reader.add(in, length);
        } catch (ParamsException e) {
            refuse(e);
        }
    }

    /** Hands the request to the handler, or refuses it. */
    void onParamsEnd() {
        if (reader == null) {
            return;
        }
        try {
            params = reader.finish();
            reader = null;
        } catch (ParamsException e) {
            refuse(e);
            return;
        }
        listener = connection.door().handle(this);
    }

    void checkBody(RecordType stream, int length) throws FastCgiException {
        if (reader != null) {
            throw new FastCgiException(stream + " for request " + id + " before the end of its PARAMS");
        }
        if (stream == RecordType.DATA && role != Role.FILTER) {
            throw new FastCgiException("DATA for request " + id + " of role " + role + "; only a FILTER has it");
        }
        if (length > 0 && (stream == RecordType.STDIN ? stdinEnded : dataEnded)) {
            throw new FastCgiException(stream + " of " + length + " bytes for request " + id + " after its end");
        }
    }

    /** Takes ownership. */
    void onBody(RecordType stream, ByteBuf content) {
        if (aborted) {
            content.release();
        } else {
            listener.onBody(stream, content);
        }
    }

    void onBodyEnd(RecordType stream) {
        boolean repeated = stream == RecordType.STDIN ? stdinEnded : dataEnded;
        stdinEnded |= stream == RecordType.STDIN;
        dataEnded |= stream == RecordType.DATA;
        if (!repeated && !aborted) {
            listener.onBodyEnd(stream);
        }
    }

    /** FCGI_ABORT_REQUEST has come. */
    void onAbort() {
        if (listener == null) {
            end(1, ProtocolStatus.REQUEST_COMPLETE);
        } else if (!aborted) {
            aborted = true;
            listener.onAbort("the web server aborted the request");
        }
    }

    /** The connection is gone; the table has let go of this request already. */
    void onConnectionLost(String reason) {
        open = false;
        if (listener != null) {
            listener.onAbort(reason);
        }
        release();
    }

    void onFrontReadComplete() {
        if (listener != null) {
            listener.onFrontReadComplete();
        }
    }

    void onWritable() {
        if (listener != null) {
            listener.onWritable();
        }
    }

    /** Answers with a page and ends the request, before any handler saw it. */
    void refuse(int status, String reason) {
        stdout(ErrorPage.of(connection.allocator(), status, reason));
        end(0, ProtocolStatus.REQUEST_COMPLETE);
    }

    /**
     * Refuses it because of a limit that has nothing to do with the request itself. FCGI_OVERLOADED isn't used: some web
     * servers take it for the end of a complete, empty answer, others for a reason to give up all of the connection.
     */
    void refuseForLackOfRoom(String reason) {
        connection.warn("request " + id + " refused with status " + ErrorPage.UNAVAILABLE + ": " + reason);
        stderr(ByteBufUtil.writeUtf8(connection.allocator(), "Hatter: " + reason + "\n"));
        if (connection.door().closesRefused()) {
            fail();
        } else {
            refuse(ErrorPage.UNAVAILABLE, "Service Unavailable");
        }
    }

    private void refuse(ParamsException e) {
        connection.warn("request " + id + " refused with status " + e.fault().status() + ": " + e.getMessage());
        refuse(e.fault().status(), e.fault().reason());
    }

    /** When it began, on the door's clock. */
    long begun() {
        return begun;
    }

    boolean waitsForParams() {
        return reader != null;
    }

    boolean waitsForBody() {
        return !paused && !inputComplete();
    }

    /** The web server has nothing more to send for this request. */
    boolean inputComplete() {
        return stdinEnded && dataEnded;
    }

    @Override
    public int id() {
        return id;
    }

    @Override
    public Role role() {
        return role;
    }

    @Override
    public boolean keepConnection() {
        return keepConnection;
    }

    @Override
    public Params params() {
        return params;
    }

    @Override
    public SocketAddress remoteAddress() {
        return connection.remoteAddress();
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public boolean isWritable() {
        return connection.isWritable();
    }

    @Override
    public long pendingBytes() {
        return connection.pendingBytes();
    }

    @Override
    public boolean sharesConnection() {
        return connection.requests() > (open ? 1 : 0);
    }

    @Override
    public void stdout(ByteBuf content) {
        if (open) {
            stdoutUsed = true;
            connection.write(RecordType.STDOUT, id, content);
        } else {
            content.release();
        }
    }

    @Override
    public void stderr(ByteBuf content) {
        if (open) {
            connection.write(RecordType.STDERR, id, content);
        } else {
            content.release();
        }
    }

    /** STDERR isn't ended apart: php-fpm never does, and there are web servers that take that for the end of the request. */
    @Override
    public void end(int appStatus, ProtocolStatus protocolStatus) {
        if (!open) {
            return;
        }
        ByteBuf out = connection.room(END_LENGTH);
        if (stdoutUsed || protocolStatus == ProtocolStatus.REQUEST_COMPLETE) {
            RecordEncoder.endOfStream(out, RecordType.STDOUT, id);
        }
        RecordEncoder.endRequest(out, id, appStatus, protocolStatus);
        finish();
        connection.ended(this);
    }

    @Override
    public void fail() {
        if (!open) {
            return;
        }
        finish();
        connection.failed(this, stdoutUsed);
    }

    @Override
    public void keepParams() {
        paramsKept = true;
    }

    @Override
    public void releaseParams() {
        if (paramsKept && !open) {
            paramsKept = false;
            release();
        }
    }

    @Override
    public void flush() {
        if (open) {
            connection.flush();
        }
    }

    @Override
    public void pauseBody(boolean pause) {
        if (open && pause != paused) {
            paused = pause;
            connection.pause(pause);
        }
    }

    private void finish() {
        pauseBody(false);
        open = false;
        release();
    }

    private void release() {
        if (paramsKept) {
            return;
        }
        connection.door().releaseParams(paramsHeld);
        paramsHeld = 0;
        if (reader != null) {
            reader.release();
            reader = null;
        }
        if (params != null) {
            params.release();
        }
    }
}
