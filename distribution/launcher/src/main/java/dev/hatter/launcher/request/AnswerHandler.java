// SPDX-License-Identifier: Apache-2.0
package dev.hatter.launcher.request;

import dev.hatter.fastcgi.FastCgi;
import dev.hatter.fastcgi.FastCgiException;
import dev.hatter.fastcgi.ProtocolStatus;
import dev.hatter.fastcgi.RecordHandler;
import dev.hatter.fastcgi.RecordType;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;

/** Takes the records of an answer to a printer. */
final class AnswerHandler implements RecordHandler {
    private final int id;
    private final AnswerPrinter printer;
    private final ByteBuf end = Unpooled.buffer(FastCgi.FIXED_BODY_LENGTH);
    private RecordType current;
    private boolean complete;

    AnswerHandler(int id, AnswerPrinter printer) {
        this.id = id;
        this.printer = printer;
    }

    boolean isComplete() {
        return complete;
    }

    @Override
    public void onRecord(int type, int requestId, int contentLength) throws FastCgiException {
        current = requestId == id ? RecordType.of(type) : null;
        if (current == RecordType.END_REQUEST && contentLength != FastCgi.FIXED_BODY_LENGTH) {
            throw new FastCgiException("an FCGI_END_REQUEST of " + contentLength + " bytes, must be 8");
        }
    }

    @Override
    public void onContent(ByteBuf in, int length) throws FastCgiException {
        if (current == RecordType.END_REQUEST) {
            end.writeBytes(in, length);
        } else if (current == RecordType.STDOUT || current == RecordType.STDERR) {
            byte[] bytes = new byte[length];
            in.readBytes(bytes);
            print(bytes);
        }
    }

    private void print(byte[] bytes) throws FastCgiException {
        try {
            if (current == RecordType.STDOUT) {
                printer.stdout(bytes);
            } else {
                printer.stderr(bytes);
            }
        } catch (IOException e) {
            throw (FastCgiException) new FastCgiException("can't print the answer: " + e.getMessage()).initCause(e);
        }
    }

    @Override
    public void onRecordEnd() throws FastCgiException {
        if (current == RecordType.END_REQUEST) {
            complete = true;
            check(end.readInt(), end.readUnsignedByte());
        }
    }

    private static void check(int appStatus, int protocolStatus) throws FastCgiException {
        if (protocolStatus != ProtocolStatus.REQUEST_COMPLETE.code()) {
            ProtocolStatus status = ProtocolStatus.of(protocolStatus);
            throw new FastCgiException(
                    "refused the request: " + (status == null ? "protocol status " + protocolStatus : status));
        }
        if (appStatus != 0) {
            throw new FastCgiException("ended the request with application status " + appStatus);
        }
    }
}
