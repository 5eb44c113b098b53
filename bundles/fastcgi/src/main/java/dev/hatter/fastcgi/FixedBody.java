// SPDX-License-Identifier: Apache-2.0
package dev.hatter.fastcgi;

import io.netty.buffer.ByteBuf;

/**
 * Collects the eight bytes of the body of FCGI_BEGIN_REQUEST or FCGI_END_REQUEST (sections 5.1 and 5.5), which may come one
 * by one, and reads its fields. Reusable, so that no record costs an object.
 */
public final class FixedBody {
    private long bits;

    /** Takes a piece of the body. */
    public void add(ByteBuf in, int length) {
        if (length == FastCgi.FIXED_BODY_LENGTH) {
            bits = in.readLong();
            return;
        }
        for (int i = 0; i < length; i++) {
            bits = bits << 8 | in.readUnsignedByte();
        }
    }

    /** Of a BEGIN_REQUEST: the number of the role, 0 to 65535. */
    public int role() {
        return (int) (bits >>> 48);
    }

    /** Of a BEGIN_REQUEST: whether the flag FCGI_KEEP_CONN is set. */
    public boolean keepConnection() {
        return (bits >>> 40 & FastCgi.KEEP_CONN) != 0;
    }

    /** Of an END_REQUEST: the application's exit status. */
    public int appStatus() {
        return (int) (bits >>> 32);
    }

    /** Of an END_REQUEST: the number of the protocol status, 0 to 255. */
    public int protocolStatus() {
        return (int) (bits >>> 24) & 0xff;
    }
}
