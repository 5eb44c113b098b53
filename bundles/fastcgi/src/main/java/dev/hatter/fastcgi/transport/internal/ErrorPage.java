// SPDX-License-Identifier: Apache-2.0
package dev.hatter.fastcgi.transport.internal;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;

/** What the door itself answers: a CGI response with a status and one line of text. */
final class ErrorPage {
    static final int REQUEST_TIMEOUT = 408;
    static final int UNAVAILABLE = 503;

    private ErrorPage() {}

    /** The content for FCGI_STDOUT. */
    static ByteBuf of(ByteBufAllocator allocator, int status, String reason) {
        String page = "Status: " + status + " " + reason + "\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
                + reason + "\n";
        return ByteBufUtil.writeUtf8(allocator, page);
    }
}
