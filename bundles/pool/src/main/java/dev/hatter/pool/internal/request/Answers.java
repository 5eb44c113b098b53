// SPDX-License-Identifier: Apache-2.0
package dev.hatter.pool.internal.request;

import dev.hatter.fastcgi.ProtocolStatus;
import dev.hatter.fastcgi.transport.FrontRequest;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.UnpooledByteBufAllocator;

/** The answers Hatter gives itself, as a Responder's: a Status header and a line of text; the reason goes to FCGI_STDERR. */
enum Answers {
    /** To the letter what php-fpm answers, as the one below. */
    ACCESS_DENIED("403 Forbidden", "text/html; charset=UTF-8", "Access denied.\n"),
    FILE_NOT_FOUND("404 Not Found", "text/html; charset=UTF-8", "File not found.\n"),
    BAD_GATEWAY("502 Bad Gateway"),
    UNAVAILABLE("503 Service Unavailable"),
    GATEWAY_TIMEOUT("504 Gateway Timeout");

    private final String page;

    Answers(String status) {
        this(status, "text/plain; charset=utf-8", status + "\n");
    }

    Answers(String status, String type, String body) {
        this.page = "Status: " + status + "\r\nContent-type: " + type + "\r\n\r\n" + body;
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
