// SPDX-License-Identifier: Apache-2.0
package dev.hatter.fastcgi.transport;

import dev.hatter.fastcgi.ProtocolStatus;
import dev.hatter.fastcgi.RecordType;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;
import java.util.Map;

/** A broker in its simplest form: each request goes to a new link, with back-pressure both ways. */
final class Relay implements RequestListener, LinkListener {
    private final FrontRequest request;
    private final WorkerLink link;
    private boolean ended;

    Relay(FrontRequest request, TestDoor worker, EventLoop loop) {
        this.request = request;
        Transport transport = worker.sockets.transport();
        link = worker.sockets.isUnix()
                ? WorkerLink.connect(transport, loop, worker.door.address().path(), this)
                : WorkerLink.connect(transport, loop, (InetSocketAddress) worker.socketAddress(), this);
        link.begin(request.role(), false, request.params());
        link.flush();
    }

    @Override
    public void onBody(RecordType stream, ByteBuf content) {
        link.body(stream, content);
        if (!link.isWritable()) {
            request.pauseBody(true);
        }
    }

    @Override
    public void onBodyEnd(RecordType stream) {
        link.bodyEnd(stream);
    }

    @Override
    public void onFrontReadComplete() {
        link.flush();
    }

    @Override
    public void onWorkerReadComplete() {
        request.flush();
    }

    @Override
    public void onAbort(String reason) {
        link.abort();
        link.flush();
    }

    @Override
    public void onWritable() {
        if (link.isWritable()) {
            request.pauseBody(false);
        }
        if (request.isWritable()) {
            link.pauseReading(false);
        }
    }

    @Override
    public void onConnected() {}

    @Override
    public void onStdout(ByteBuf content) {
        request.stdout(content);
        if (!request.isWritable()) {
            link.pauseReading(true);
        }
    }

    @Override
    public void onStderr(ByteBuf content) {
        request.stderr(content);
    }

    @Override
    public void onEnd(int appStatus, ProtocolStatus protocolStatus) {
        ended = true;
        request.end(appStatus, protocolStatus);
    }

    @Override
    public void onValues(Map<String, String> values) {}

    @Override
    public void onClosed(Throwable cause) {
        if (!ended) {
            request.fail();
        }
    }
}
