// SPDX-License-Identifier: Apache-2.0
package dev.hatter.fastcgi.transport.internal;

import dev.hatter.fastcgi.transport.FrontTimeouts;
import io.netty.channel.ChannelOutboundBuffer;
import java.time.Duration;

/** Since when one front connection waits for what, on the door's coarse clock. */
final class ConnectionClock {
    private boolean served;
    private long lastReceived;
    private long lastEnded;
    private long lingering;
    private long lastTaken;
    private long outstanding;

    ConnectionClock(long now) {
        lastReceived = now;
        lastEnded = now;
        lastTaken = now;
    }

    void received(long now) {
        lastReceived = now;
    }

    void ended(long now) {
        served = true;
        lastEnded = now;
    }

    void lingers(long now) {
        lingering = now;
    }

    boolean hasServed() {
        return served;
    }

    boolean lingersTooLong(long now, FrontTimeouts timeouts) {
        return now - lingering > timeouts.linger().toNanos();
    }

    /** Why the connection has to be closed, or null. */
    String overdue(long now, FrontTimeouts timeouts, ChannelOutboundBuffer out, RequestTable requests) {
        if (isStalled(now, timeouts.write(), out)) {
            return late("the web server took nothing of the answer", timeouts.write());
        }
        if (out != null && !out.isEmpty()) {
            return null;
        }
        if (requests.isEmpty()) {
            return unused(now, timeouts);
        }
        return isBodyLate(now, timeouts.body(), requests)
                ? late("the web server sent nothing of an unfinished body", timeouts.body())
                : null;
    }

    private String unused(long now, FrontTimeouts timeouts) {
        if (!served && now - lastEnded > timeouts.begin().toNanos()) {
            return late("no request came", timeouts.begin());
        }
        return served && now - lastEnded > timeouts.idle().toNanos()
                ? late("no further request came", timeouts.idle())
                : null;
    }

    private boolean isStalled(long now, Duration limit, ChannelOutboundBuffer out) {
        long left = out == null ? 0 : out.totalPendingWriteBytes() - out.currentProgress();
        if (left == 0 || left != outstanding) {
            outstanding = left;
            lastTaken = now;
        }
        return now - lastTaken > limit.toNanos();
    }

    private boolean isBodyLate(long now, Duration limit, RequestTable requests) {
        return now - lastReceived > limit.toNanos() && requests.all(Exchange::waitsForBody);
    }

    private static String late(String what, Duration limit) {
        return what + " within " + limit.toMillis() + " ms";
    }
}
