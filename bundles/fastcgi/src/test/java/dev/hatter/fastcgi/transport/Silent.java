// SPDX-License-Identifier: Apache-2.0
package dev.hatter.fastcgi.transport;

import dev.hatter.fastcgi.RecordType;
import io.netty.buffer.ByteBuf;
import java.util.Collection;

/** Does nothing with a request but note its abort. */
class Silent implements RequestListener {
    private final Collection<String> aborts;

    Silent(Collection<String> aborts) {
        this.aborts = aborts;
    }

    @Override
    public void onBody(RecordType stream, ByteBuf content) {
        content.release();
    }

    @Override
    public void onBodyEnd(RecordType stream) {}

    @Override
    public void onAbort(String reason) {
        aborts.add(reason);
    }

    @Override
    public void onWritable() {}

    @Override
    public void onFrontReadComplete() {}
}
