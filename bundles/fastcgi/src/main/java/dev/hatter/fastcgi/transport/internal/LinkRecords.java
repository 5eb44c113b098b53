// SPDX-License-Identifier: Apache-2.0
package dev.hatter.fastcgi.transport.internal;

import dev.hatter.fastcgi.FastCgi;
import dev.hatter.fastcgi.FastCgiException;
import dev.hatter.fastcgi.FixedBody;
import dev.hatter.fastcgi.Params;
import dev.hatter.fastcgi.ParamsReader;
import dev.hatter.fastcgi.ProtocolStatus;
import dev.hatter.fastcgi.RecordHandler;
import dev.hatter.fastcgi.RecordType;
import dev.hatter.fastcgi.transport.LinkListener;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.LinkedHashMap;
import java.util.Map;

/** What each record of a worker means, and whether it may come now. */
final class LinkRecords implements RecordHandler {
    private static final UnpooledByteBufAllocator HEAP = new UnpooledByteBufAllocator(false);

    private final LinkListener listener;
    private final FixedBody endBody = new FixedBody();
    private ParamsReader values;
    private Map<String, String> answeredValues;
    private ProtocolStatus endStatus;
    private RecordType type;
    private int requestId;
    private int valuesAsked;
    private boolean active;
    private boolean stdoutEnded;
    private boolean stderrEnded;
    private boolean stopped;

    LinkRecords(LinkListener listener) {
        this.listener = listener;
    }

    void begin(int id) {
        if (active) {
            throw new IllegalStateException("a request is under way on this link");
        }
        active = true;
        requestId = id;
        stdoutEnded = false;
        stderrEnded = false;
    }

    boolean isActive() {
        return active;
    }

    /** Whether nothing was asked that hasn't been answered. */
    boolean isQuiet() {
        return !active && valuesAsked == 0;
    }

    /**
     * Tells the listener of the end of an answer, if it has come.
     *
     * @param trusted whether values that came are to be told, too
     */
    void handOver(boolean trusted) {
        ProtocolStatus status = endStatus;
        endStatus = null;
        if (status != null && !stopped) {
            listener.onEnd(endBody.appStatus(), status);
        }
        Map<String, String> answer = answeredValues;
        answeredValues = null;
        if (answer != null && trusted && !stopped) {
            listener.onValues(answer);
        }
    }

    void valuesAsked() {
        valuesAsked++;
    }

    /** Nothing more is told to the listener. */
    void stop() {
        stopped = true;
    }

    @Override
    public void onRecord(int code, int id, int length) throws FastCgiException {
        type = RecordType.of(code);
        if (type == null) {
            throw new FastCgiException("a record of unknown type " + code + " from the worker");
        }
        switch (type) {
            case STDOUT -> {
                checkStream(id, length, stdoutEnded);
                stdoutEnded = length == 0;
            }
            case STDERR -> {
                checkStream(id, length, stderrEnded);
                stderrEnded = length == 0;
            }
            case END_REQUEST -> {
                checkRequest(id);
                checkLength(length);
            }
            case GET_VALUES_RESULT -> checkValues(id, length);
            case UNKNOWN_TYPE -> {
                checkManagement(id);
                checkLength(length);
            }
            default -> throw new FastCgiException(type + " from the worker; an application doesn't send it");
        }
    }

    private void checkStream(int id, int length, boolean ended) throws FastCgiException {
        checkRequest(id);
        if (ended && length > 0) {
            throw new FastCgiException(type + " of " + length + " bytes from the worker after the stream's end");
        }
    }

    private void checkRequest(int id) throws FastCgiException {
        if (!active) {
            throw new FastCgiException(type + " from the worker while no request is under way");
        }
        if (id != requestId) {
            throw new FastCgiException(
                    type + " for request " + id + " from the worker; the request has id " + requestId);
        }
    }

    private void checkLength(int length) throws FastCgiException {
        if (length != FastCgi.FIXED_BODY_LENGTH) {
            throw new FastCgiException(
                    type + " of " + length + " bytes from the worker; it has " + FastCgi.FIXED_BODY_LENGTH);
        }
    }

    private void checkValues(int id, int length) throws FastCgiException {
        checkManagement(id);
        if (length > FastCgi.MAX_VALUES_LENGTH) {
            throw new FastCgiException(
                    type + " of " + length + " bytes from the worker; allowed are " + FastCgi.MAX_VALUES_LENGTH);
        }
        // on the heap: what a worker never completes needs no release
        values = new ParamsReader(HEAP, FastCgi.MAX_VALUES_LENGTH);
    }

    private void checkManagement(int id) throws FastCgiException {
        if (id != FastCgi.NULL_REQUEST_ID) {
            throw new FastCgiException(type + " for request " + id + " from the worker; it has id 0");
        }
        if (valuesAsked == 0) {
            throw new FastCgiException(type + " from the worker, which was asked for nothing");
        }
    }

    @Override
    public void onContent(ByteBuf in, int length) throws FastCgiException {
        if (stopped) {
            return;
        }
        switch (type) {
            case STDOUT -> listener.onStdout(in.readRetainedSlice(length));
            case STDERR -> listener.onStderr(in.readRetainedSlice(length));
            case END_REQUEST -> endBody.add(in, length);
            case GET_VALUES_RESULT -> values.add(in, length);
            default -> {
                // of UNKNOWN_TYPE we know what it answers
            }
        }
    }

    @Override
    public void onRecordEnd() throws FastCgiException {
        if (stopped) {
            return;
        }
        switch (type) {
            case END_REQUEST -> end();
            case GET_VALUES_RESULT -> values();
            case UNKNOWN_TYPE -> {
                valuesAsked--;
                answeredValues = Map.of();
            }
            default -> {
                // whether it was the stream's end was seen in the header
            }
        }
    }

    private void end() throws FastCgiException {
        ProtocolStatus status = ProtocolStatus.of(endBody.protocolStatus());
        if (status == null) {
            throw new FastCgiException("END_REQUEST from the worker with protocol status " + endBody.protocolStatus()
                    + "; 0 to 3 are known");
        }
        active = false;
        endStatus = status;
    }

    private void values() throws FastCgiException {
        Params pairs = values.finish();
        values = null;
        valuesAsked--;
        Map<String, String> result = new LinkedHashMap<>();
        pairs.forEach(result::put);
        pairs.release();
        answeredValues = result;
    }
}
