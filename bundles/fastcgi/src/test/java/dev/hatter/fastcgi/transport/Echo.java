// SPDX-License-Identifier: Apache-2.0
package dev.hatter.fastcgi.transport;

import dev.hatter.fastcgi.ProtocolStatus;
import dev.hatter.fastcgi.RecordType;
import dev.hatter.fastcgi.Role;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;

/** Answers with the parameter PREFIX and the body as it comes; stops reading while nobody takes the answer. */
class Echo implements RequestListener {
    final FrontRequest request;
    private boolean stdinEnded;

    Echo(FrontRequest request) {
        this.request = request;
        String prefix = request.params().get("PREFIX");
        if (prefix != null) {
            request.stdout(ByteBufUtil.writeUtf8(ByteBufAllocator.DEFAULT, prefix));
        }
        if (request.role() == Role.AUTHORIZER) {
            request.end(0, ProtocolStatus.REQUEST_COMPLETE);
        }
    }

    @Override
    public void onBody(RecordType stream, ByteBuf content) {
        request.stdout(content);
        if (!request.isWritable()) {
            request.pauseBody(true);
        }
    }

    @Override
    public void onBodyEnd(RecordType stream) {
        stdinEnded |= stream == RecordType.STDIN;
        if (stdinEnded && (request.role() != Role.FILTER || stream == RecordType.DATA)) {
            request.end(0, ProtocolStatus.REQUEST_COMPLETE);
        }
    }

    @Override
    public void onAbort(String reason) {
        request.end(1, ProtocolStatus.REQUEST_COMPLETE);
    }

    @Override
    public void onWritable() {
        request.pauseBody(false);
    }

    @Override
    public void onFrontReadComplete() {
        request.flush();
    }
}
