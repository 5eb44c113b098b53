// SPDX-License-Identifier: Apache-2.0
package dev.hatter.fastcgi.transport.internal;

import dev.hatter.fastcgi.FastCgi;
import dev.hatter.fastcgi.FastCgiException;
import dev.hatter.fastcgi.FixedBody;
import dev.hatter.fastcgi.Params;
import dev.hatter.fastcgi.ParamsException;
import dev.hatter.fastcgi.ParamsReader;
import dev.hatter.fastcgi.RecordHandler;
import dev.hatter.fastcgi.RecordType;
import io.netty.buffer.ByteBuf;

/**
 * What each record of a web server means, and whether it may come now. Records for a request that is not under way are
 * skipped, as section 3.3 of FastCGI 1.0 wants: they were on their way when the request ended.
 */
final class FrontRecords implements RecordHandler {
    private final FrontConnection connection;
    private final FixedBody beginBody = new FixedBody();
    private ParamsReader values;
    private RecordType type;
    private int requestId;
    private boolean empty;
    private Exchange exchange;

    FrontRecords(FrontConnection connection) {
        this.connection = connection;
    }

    @Override
    public void onRecord(int code, int id, int length) throws FastCgiException {
        type = null;
        exchange = null;
        if (connection.isClosing()) {
            return;
        }
        requestId = id;
        empty = length == 0;
        if (id == FastCgi.NULL_REQUEST_ID) {
            management(code, length);
        } else {
            application(code, id, length);
        }
    }

    private void management(int code, int length) throws FastCgiException {
        type = RecordType.of(code);
        if (type == null) {
            connection.answerUnknownType(code);
            return;
        }
        if (type != RecordType.GET_VALUES) {
            throw new FastCgiException(type + " with request id 0; a web server sends GET_VALUES with it only");
        }
        if (length > FastCgi.MAX_VALUES_LENGTH) {
            throw new FastCgiException("GET_VALUES of " + length + " bytes; allowed are " + FastCgi.MAX_VALUES_LENGTH);
        }
        values = new ParamsReader(connection.allocator(), FastCgi.MAX_VALUES_LENGTH);
    }

    private void application(int code, int id, int length) throws FastCgiException {
        type = RecordType.of(code);
        if (type == null) {
            throw new FastCgiException("a record of unknown type " + code + " for request " + id);
        }
        switch (type) {
            case BEGIN_REQUEST -> checkBegin(id, length);
            case PARAMS -> exchange = connection.find(id);
            case ABORT_REQUEST -> {
                exchange = connection.find(id);
                if (exchange == null) {
                    connection.abortWithheld(id);
                }
            }
            case STDIN, DATA -> {
                exchange = connection.find(id);
                if (exchange != null) {
                    exchange.checkBody(type, length);
                }
            }
            default ->
                throw new FastCgiException(
                        type + " for request " + id + "; a web server doesn't send it for a request");
        }
    }

    private void checkBegin(int id, int length) throws FastCgiException {
        if (length != FastCgi.FIXED_BODY_LENGTH) {
            throw new FastCgiException(
                    "BEGIN_REQUEST " + id + " of " + length + " bytes; it has " + FastCgi.FIXED_BODY_LENGTH);
        }
        if (connection.isUsed(id)) {
            throw new FastCgiException("BEGIN_REQUEST for id " + id + ", which is in use on this connection");
        }
    }

    @Override
    public void onContent(ByteBuf in, int length) throws FastCgiException {
        if (type == RecordType.BEGIN_REQUEST) {
            beginBody.add(in, length);
        } else if (type == RecordType.GET_VALUES) {
            values.add(in, length);
        } else if (exchange != null && exchange.isOpen()) {
            content(in, length);
        }
    }

    private void content(ByteBuf in, int length) throws FastCgiException {
        if (type == RecordType.PARAMS) {
            exchange.onParams(in, length);
        } else if (type != RecordType.ABORT_REQUEST) {
            exchange.onBody(type, in.readRetainedSlice(length));
        }
    }

    @Override
    public void onRecordEnd() throws FastCgiException {
        if (type == RecordType.BEGIN_REQUEST) {
            connection.begin(requestId, beginBody);
        } else if (type == RecordType.GET_VALUES) {
            answerValues();
        } else if (exchange != null && exchange.isOpen()) {
            recordEnd();
        }
    }

    private void recordEnd() {
        if (type == RecordType.ABORT_REQUEST) {
            exchange.onAbort();
        } else if (empty && type == RecordType.PARAMS) {
            exchange.onParamsEnd();
        } else if (empty) {
            exchange.onBodyEnd(type);
        }
    }

    private void answerValues() throws FastCgiException {
        ParamsReader asked = values;
        values = null;
        try {
            Params names = asked.finish();
            connection.answerValues(names);
            names.release();
        } catch (ParamsException e) {
            throw new FastCgiException("GET_VALUES: " + e.getMessage());
        }
    }

    /** Gives up what was collected. */
    void release() {
        if (values != null) {
            values.release();
            values = null;
        }
    }
}
