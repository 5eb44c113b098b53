// SPDX-License-Identifier: Apache-2.0
package dev.hatter.pool.internal.request;

import dev.hatter.fastcgi.ProtocolStatus;
import dev.hatter.fastcgi.transport.FrontRequest;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.UnpooledByteBufAllocator;

/** The answers Hatter gives itself, as a Responder's: a Status header and a line of text; the reason goes to FCGI_STDERR. */
enum Answers {
    ACCESS_DENIED("403 Forbidden", "Access denied.\n"),
    FILE_NOT_FOUND("404 Not Found", "File not found.\n"),
    BAD_GATEWAY("502 Bad Gateway", "502 Bad Gateway\n"),
    UNAVAILABLE("503 Service Unavailable", "503 Service Unavailable\n"),
    GATEWAY_TIMEOUT("504 Gateway Timeout", "504 Gateway Timeout\n");

    private final String page;

    Answers(String status, String body) {
        this.page = "Status: " + status + "\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n" + body;
    }

    /**
     * Answers a request of which nothing was answered yet, and ends it.
     *
     * @param reason what the web server may write to its log, one line; null for nothing
     */
    void send(FrontRequest front, String reason) {
        if (reason != null) {
            tell(front, reason);
        }
        front.stdout(ByteBufUtil.writeUtf8(UnpooledByteBufAllocator.DEFAULT, page));
        front.end(0, ProtocolStatus.REQUEST_COMPLETE);
    }

    /** Sends a line for the web server's log. */
    static void tell(FrontRequest front, String reason) {
        front.stderr(ByteBufUtil.writeUtf8(UnpooledByteBufAllocator.DEFAULT, reason + "\n"));
    }
}
