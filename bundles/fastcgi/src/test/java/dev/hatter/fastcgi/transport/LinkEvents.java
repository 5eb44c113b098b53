// SPDX-License-Identifier: Apache-2.0
package dev.hatter.fastcgi.transport;

import dev.hatter.fastcgi.ProtocolStatus;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** Notes what a link tells, as text. */
class LinkEvents implements LinkListener {
    final BlockingQueue<String> events = new LinkedBlockingQueue<>();
    volatile Throwable cause;

    @Override
    public void onConnected() {
        events.add("connected");
    }

    @Override
    public void onStdout(ByteBuf content) {
        note("stdout", content);
    }

    @Override
    public void onStderr(ByteBuf content) {
        note("stderr", content);
    }

    private void note(String stream, ByteBuf content) {
        events.add(stream + " " + content.toString(StandardCharsets.UTF_8));
        content.release();
    }

    @Override
    public void onEnd(int appStatus, ProtocolStatus protocolStatus) {
        events.add("end " + appStatus + " " + protocolStatus);
    }

    @Override
    public void onValues(Map<String, String> values) {
        events.add("values " + new java.util.TreeMap<>(values));
    }

    @Override
    public void onWorkerReadComplete() {}

    @Override
    public void onWritable() {}

    @Override
    public void onClosed(Throwable why) {
        cause = why;
        events.add("closed");
    }

    /** All STDOUT up to the end of the request or of the link. */
    String answer() throws InterruptedException {
        StringBuilder answer = new StringBuilder();
        for (String event = events.take(); ; event = events.take()) {
            if (event.startsWith("stdout ")) {
                answer.append(event.substring(7));
            } else if (event.startsWith("end ") || event.equals("closed")) {
                return answer.append('|').append(event).toString();
            }
        }
    }
}
