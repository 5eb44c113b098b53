// SPDX-License-Identifier: Apache-2.0
package dev.hatter.pool.internal.worker;

import dev.hatter.fastcgi.FastCgiException;
import dev.hatter.fastcgi.Params;
import dev.hatter.fastcgi.ProtocolStatus;
import dev.hatter.fastcgi.RecordType;
import dev.hatter.fastcgi.Role;
import dev.hatter.fastcgi.transport.LinkListener;
import dev.hatter.fastcgi.transport.WorkerLink;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.util.Map;

/**
 * One of the {@code worker.concurrency} places of a worker: at most one connection, at most one request. The connection is
 * made when there is something to send (php-cgi closes one that stays silent for 5 s) and kept from then on.
 */
public final class Slot implements LinkListener {
    private static final long PROBE_AGAIN_MILLIS = 50;
    private static final long LEAVE_MILLIS = 500;

    /** So much of a request's parameters is taken at one read, with the records around them: the library reads 8 KiB. */
    private static final int ONE_READ = 8_000;

    private static final int MAX_ID = 65_535;

    private enum State {
        /** Asked whether the worker is there (FCGI_GET_VALUES). */
        PROBING,
        IDLE,
        BUSY,
        /** The connection broke before any answer; how the worker ends will tell whether it had seen the request. */
        LEAVING,
        /** The worker retires or has ended. */
        CLOSED
    }

    private final Worker worker;
    private final LinkOpener opener;
    private final StderrLines errors;
    private State state = State.CLOSED;
    private WorkerLink link;
    private boolean connected;
    private boolean received;
    private boolean lingering;
    private boolean probedAgain;
    private boolean answerPaused;
    private boolean soleWrite;
    private boolean flushed;
    private Occupant occupant;
    private long sinceNanos;
    private int bodyStreamsOpen;
    private int requestId;

    /** @param errors gets a look at what requests send as FCGI_STDERR */
    Slot(Worker worker, LinkOpener opener, StderrLines errors) {
        this.errors = errors;
        this.worker = worker;
        this.opener = opener;
    }

    // ---- for who has the slot

    /** Sends the beginning of a request. The parameters stay the caller's. Not flushed. */
    public void begin(Occupant newOccupant, Role role, Params params, long nowNanos) {
        occupant = newOccupant;
        state = State.BUSY;
        received = false;
        sinceNanos = nowNanos;
        bodyStreamsOpen = switch (role) {
            case AUTHORIZER -> 0;
            case RESPONDER -> 1;
            case FILTER -> 2;
        };
        worker.onBegin();
        requestId = worker.takesAnyId() ? requestId % MAX_ID + 1 : 1;
        open().begin(requestId, role, true, params);
        soleWrite = params.length() <= ONE_READ;
        flushed = false;
    }

    /** Sends a piece of the body; takes ownership. */
    public void body(RecordType stream, ByteBuf content) {
        soleWrite = false;
        if (link == null) {
            content.release();
        } else {
            link.body(stream, content);
        }
    }

    /** Sends the end of that stream. */
    public void bodyEnd(RecordType stream) {
        bodyStreamsOpen--;
        soleWrite &= !flushed;
        if (link != null) {
            link.bodyEnd(stream);
        }
    }

    public void flush() {
        flushed = true;
        if (link != null) {
            link.flush();
        }
    }

    public boolean isWritable() {
        return link == null || link.isWritable();
    }

    /** Stops or resumes the arrival of the answer. */
    public void pauseAnswer(boolean paused) {
        if (link != null && answerPaused != paused) {
            answerPaused = paused;
            link.pauseReading(paused);
        }
    }

    /**
     * Gives the answer up. The connection is closed, so that the worker notices when it writes; what was sent reaches it
     * first, as all of the request was, so that it runs. The slot is not used again before the worker shows that it is done.
     */
    public void abandon() {
        occupant = null;
        if (link != null && bodyStreamsOpen <= 0) {
            link.closeWhenSent();
            link = null;
        } else {
            closeLink();
        }
        worker.onAbandoned(this);
    }

    public Worker worker() {
        return worker;
    }

    // ---- for the worker

    boolean isBusy() {
        return state == State.BUSY || state == State.LEAVING;
    }

    /** Whether the worker is still with a request that nobody waits for any more. */
    boolean isLingering() {
        return state == State.PROBING && lingering;
    }

    boolean isIdle() {
        return state == State.IDLE;
    }

    /** How long it has been with its request, or with the one before. */
    long busyNanos(long nowNanos) {
        return nowNanos - sinceNanos;
    }

    Occupant occupant() {
        return occupant;
    }

    /** Asks the worker for a sign of life. */
    void probe() {
        state = State.PROBING;
        probedAgain = false;
        open().getValues();
        link.flush();
    }

    /** Waits until the worker shows that it is done with the request it had. */
    void linger() {
        lingering = true;
        probe();
    }

    /** Is idle without having been asked. */
    void becomeIdle() {
        state = State.IDLE;
        lingering = false;
        worker.onSlotIdle(this);
    }

    /** Takes the slot out of use; a request in it is lost. */
    void shut(String reason) {
        boolean wasIdle = state == State.IDLE;
        state = State.CLOSED;
        closeLink();
        if (wasIdle) {
            worker.onSlotWithdrawn(this);
        }
        lose(Loss.BROKEN, reason);
    }

    /** Takes the request away from a worker that is about to be killed for it. */
    void timeOut(String reason) {
        lose(Loss.TIMED_OUT, reason);
    }

    /** Starts over with a new connection: what is in the old one was not understood. */
    void reset() {
        closeLink();
    }

    private WorkerLink open() {
        if (link == null) {
            connected = false;
            answerPaused = false;
            link = opener.open(worker.process().socket(), this);
        }
        return link;
    }

    private void closeLink() {
        if (link != null) {
            link.close();
            link = null;
        }
    }

    private void lose(Loss loss, String reason) {
        errors.end();
        Occupant lost = occupant;
        occupant = null;
        if (lost != null) {
            lost.onLost(loss, reason);
        }
    }

    // ---- from the link

    @Override
    public void onConnected() {
        connected = true;
    }

    @Override
    public void onStdout(ByteBuf content) {
        received = true;
        if (occupant == null) {
            content.release();
        } else {
            occupant.onStdout(content);
        }
    }

    @Override
    public void onStderr(ByteBuf content) {
        received = true;
        errors.add(content);
        if (occupant == null) {
            content.release();
        } else {
            occupant.onStderr(content);
        }
    }

    @Override
    public void onEnd(int appStatus, ProtocolStatus protocolStatus) {
        errors.end();
        Occupant done = occupant;
        occupant = null;
        if (done == null) {
            return;
        }
        pauseAnswer(false);
        FastCgiException rubbish = link == null ? null : link.fault();
        if (!isLinkClean()) {
            closeLink();
        }
        done.onEnd(appStatus, protocolStatus);
        worker.onServed();
        if (rubbish != null) {
            worker.onRubbish(rubbish);
        } else if (state == State.BUSY) {
            worker.onFinished(this);
        }
    }

    /**
     * Whether the next request can go over the same connection: what is left in it of this one would be taken for the
     * next one's. php-cgi reads a request to its end; programs on the FastCGI library leave what they don't ask for, and
     * are safe only where all of the request was in their buffer.
     */
    private boolean isLinkClean() {
        return bodyStreamsOpen <= 0
                && (soleWrite || worker.readsToTheEnd())
                && link != null
                && link.isAtBoundary()
                && link.fault() == null;
    }

    @Override
    public void onValues(Map<String, String> values) {
        worker.onAnswered();
        if (state == State.PROBING) {
            worker.onSignOfLife(this);
        }
    }

    @Override
    public void onWorkerReadComplete() {
        if (occupant != null) {
            occupant.onWorkerReadComplete();
        }
    }

    @Override
    public void onWritable() {
        if (occupant != null) {
            occupant.onWritable();
        }
    }

    @Override
    public void onClosed(Throwable cause) {
        FastCgiException rubbish = link == null ? null : link.fault();
        link = null;
        boolean refused = !connected;
        switch (state) {
            case BUSY -> {
                if (rubbish != null && worker.takesAnyId()) {
                    state = State.PROBING;
                    lose(Loss.BROKEN, "worker " + worker.pid() + " " + story(rubbish));
                    worker.onRubbish(rubbish);
                } else {
                    onClosedWhileBusy(cause, refused);
                }
            }
            case PROBING -> {
                if (rubbish == null || !worker.onRubbish(rubbish)) {
                    onProbeClosed(refused);
                }
            }
            case IDLE -> {
                // an idle worker may close a kept connection whenever it likes; the next request opens a new one
                if (rubbish != null) {
                    worker.onRubbish(rubbish);
                }
            }
            case CLOSED -> {}
        }
    }

    /**
     * A program may close the connection because it doesn't know FCGI_GET_VALUES, which is a sign of life, or because it is
     * about to end, of which more will be heard in a moment. So it is asked twice.
     */
    private void onProbeClosed(boolean refused) {
        if (refused || probedAgain) {
            worker.onProbeClosed(this, refused);
        } else {
            opener.later(this::probeAgain, PROBE_AGAIN_MILLIS);
        }
    }

    /** A program that doesn't answer questions is taken to be there again, unless more is heard of it in a moment. */
    void assumeIdleSoon() {
        opener.later(
                () -> {
                    if (state == State.PROBING) {
                        becomeIdle();
                    }
                },
                PROBE_AGAIN_MILLIS);
    }

    private void probeAgain() {
        if (state == State.PROBING) {
            probe();
            probedAgain = true;
        }
    }

    private void onClosedWhileBusy(Throwable cause, boolean refused) {
        String reason = refused
                ? "worker " + worker.pid() + " doesn't listen any more"
                : "worker " + worker.pid() + " " + story(cause);
        if (refused || isBrokenPipe(cause)) {
            breakOff(Loss.UNTOUCHED, reason);
        } else if (received || !worker.endsBetweenRequestsOnly()) {
            breakOff(Loss.BROKEN, reason);
        } else {
            state = State.LEAVING;
            opener.later(() -> leave(Loss.BROKEN, reason), LEAVE_MILLIS);
            worker.onLeaving(this);
        }
    }

    /** It is known now whether the worker had seen the request. */
    void leave(Loss loss, String reason) {
        if (state == State.LEAVING) {
            breakOff(loss, reason);
        }
    }

    /** The slot is not offered again before the worker has shown that it is still there. */
    private void breakOff(Loss loss, String reason) {
        boolean refused = !connected;
        state = State.PROBING;
        lose(loss, reason);
        if (state == State.PROBING) {
            worker.onBroken(this, refused);
        }
    }

    private static String story(Throwable cause) {
        if (cause == null) {
            return "closed the connection";
        }
        String text = String.valueOf(cause.getMessage());
        return cause instanceof FastCgiException
                ? "sent what is no FastCGI: " + text
                : "broke the connection: "
                        + text.substring(text.lastIndexOf(": ") + 1).strip();
    }

    /** The worker had closed a kept connection before the request was written to it. */
    private boolean isBrokenPipe(Throwable cause) {
        return !received
                && cause instanceof IOException
                && String.valueOf(cause.getMessage()).contains("Broken pipe");
    }
}
