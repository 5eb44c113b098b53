// SPDX-License-Identifier: Apache-2.0
package dev.hatter.pool.internal.request;

import dev.hatter.fastcgi.Params;
import dev.hatter.fastcgi.ProtocolStatus;
import dev.hatter.fastcgi.RecordType;
import dev.hatter.fastcgi.Role;
import dev.hatter.fastcgi.transport.FrontRequest;
import dev.hatter.fastcgi.transport.RequestListener;
import dev.hatter.pool.internal.settings.PoolSettings;
import dev.hatter.pool.internal.settings.RunSettings.Abandoned;
import dev.hatter.pool.internal.settings.RunSettings.Buffers;
import dev.hatter.pool.internal.settings.RunSettings.Endings;
import dev.hatter.pool.internal.settings.RunSettings.Reply;
import dev.hatter.pool.internal.worker.Loss;
import dev.hatter.pool.internal.worker.Occupant;
import dev.hatter.pool.internal.worker.Slot;
import io.netty.buffer.ByteBuf;
import java.util.EnumSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request on its way from a web server to a worker, and its answer on the way back. It may outlive its client: what has
 * come whole and waits for a worker is run all the same, as {@code request_abandoned} says. Lives on the pool's event loop.
 */
final class Exchange implements RequestListener, Occupant {
    private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);

    private static final int MAX_DESCRIBED = 500;

    private enum State {
        /** Its script or its hat is being looked up. */
        CHECKING,
        /** It waits for as much of its body as {@code request_body_buffer} asks for. */
        COLLECTING,
        /** It waits for a worker. */
        QUEUED,
        RUNNING,
        OVER;

        boolean waits() {
            return this == CHECKING || this == COLLECTING || this == QUEUED;
        }
    }

    /** Whether somebody waits for the answer. */
    private enum Client {
        PRESENT,
        LEFT
    }

    private final String pool;
    private final FrontRequest front;
    private final Counters counters;
    private final EarlyBody early = new EarlyBody();
    private final Set<RecordType> ended = EnumSet.noneOf(RecordType.class);
    private State state = State.CHECKING;
    private Client client = Client.PRESENT;
    private final Buffers buffers;
    private final Endings endings;
    private final int queueLimit;
    private Dispatcher dispatcher;
    private Slot slot;
    private long waitingSinceNanos;
    private boolean arriving = true;
    private boolean bodyPaused;
    private boolean answerPaused;
    private boolean answered;
    private boolean unflushed;
    private boolean bodySent;
    /** How many workers ended by themselves while they had it. */
    private int endedWorkers;

    Exchange(FrontRequest front, Counters counters, PoolSettings settings) {
        this.pool = settings.name();
        this.front = front;
        this.counters = counters;
        this.buffers = settings.run().buffers();
        this.endings = settings.run().endings();
        this.queueLimit = settings.listen().front().backlog();
    }

    /**
     * It may run on a worker of that dispatcher: at once, or when as much of its body has come as
     * {@code request_body_buffer} asks for.
     */
    void submit(Dispatcher to) {
        dispatcher = to;
        state = State.COLLECTING;
        submitWhenCollected();
    }

    /** Its dispatcher is no more, it waits for another to be found. */
    void recall() {
        dispatcher = null;
        state = State.CHECKING;
    }

    private void submitWhenCollected() {
        if (state == State.COLLECTING && hasEnough()) {
            state = State.QUEUED;
            waitingSinceNanos = System.nanoTime();
            dispatcher.submit(this);
        }
    }

    /**
     * Nothing is sent to a worker before the first record of the body, be it its end, has come: what has no body is then
     * sent at one go, which saves a write, and leaves no end behind that a program without a use for it would not read.
     */
    private boolean hasEnough() {
        return early.bytes() >= Math.max(1, buffers.requestBody()) || isWhole();
    }

    /** Whether all of it has come; of a request that waits. */
    private boolean isWhole() {
        return front.role() == Role.AUTHORIZER || early.hasEnded(front.role());
    }

    /** Since when it has waited for a worker; {@link System#nanoTime()}. */
    long waitingSinceNanos() {
        return waitingSinceNanos;
    }

    /** It has waited too long. */
    void expire() {
        counters.onFailed();
        String reason = "no worker was free in time (request_queue_timeout)";
        LOG.warn("[pool {}] {} failed: {}", pool, describe(), reason);
        refuse(Answers.GATEWAY_TIMEOUT, reason);
    }

    boolean isOver() {
        return state == State.OVER;
    }

    /** Whether nobody waits for its answer any more. */
    boolean isLeft() {
        return client == Client.LEFT;
    }

    /** Whether it waits behind all those whose clients wait, too. */
    boolean goesLast() {
        return isLeft() && endings.abandoned() == Abandoned.LAST;
    }

    // ---- from the dispatcher

    /** It gets that slot. */
    void run(Slot newSlot) {
        state = State.RUNNING;
        slot = newSlot;
        counters.onBegin();
        slot.begin(this, front.role(), front.params(), System.nanoTime());
        bodySent = early.sendTo(slot, ended);
        if (isLeft()) {
            runWithoutClient();
            return;
        }
        if (bodyPaused && slot.isWritable()) {
            pauseBody(false);
        }
        if (!arriving) {
            slot.flush();
        }
    }

    /**
     * The worker finds its connection closed when it answers, as php-fpm's children do when the web server has gone: a
     * script may go on then ({@code ignore_user_abort}) or ends. A worker that can't be asked whether it is done keeps its
     * connection until it answers something, since nothing else tells when its place is free.
     */
    private void runWithoutClient() {
        slot.flush();
        if (slot.worker().canBeAsked()) {
            leaveSlot();
        }
    }

    private void leaveSlot() {
        finish();
        slot.abandon();
    }

    /** There is no worker for it. */
    void reject(String reason) {
        counters.onRejected();
        LOG.debug("[pool {}] {} rejected: {}", pool, describe(), reason);
        refuse(Answers.UNAVAILABLE, reason);
    }

    private void refuse(Answers answer, String reason) {
        finish();
        reply(endings.refusal(), answer, reason);
    }

    private void reply(Reply reply, Answers answer, String reason) {
        String told = "Hatter, pool " + pool + ": " + reason;
        if (reply == Reply.ANSWER) {
            answer.send(front, told);
        } else {
            Answers.tell(front, told);
            front.fail();
        }
    }

    Params params() {
        return front.params();
    }

    /** Answers it without a worker. */
    void answer(Answers answer, String reason) {
        finish();
        answer.send(front, reason);
    }

    // ---- from the web server

    @Override
    public void onBody(RecordType stream, ByteBuf content) {
        switch (state) {
            case RUNNING -> forwardBody(stream, content);
            case CHECKING, COLLECTING, QUEUED -> keepBody(stream, content);
            case OVER -> content.release();
        }
    }

    private void forwardBody(RecordType stream, ByteBuf content) {
        bodySent = true;
        slot.body(stream, content);
        if (!slot.isWritable()) {
            slot.flush();
            pauseBody(!slot.isWritable());
        }
    }

    private void keepBody(RecordType stream, ByteBuf content) {
        early.add(stream, content);
        submitWhenCollected();
        if (state.waits()) {
            holdBody();
        }
    }

    /**
     * Keeps the body of a request that waits from piling up. FastCGI can't stop one request of a connection alone: where
     * others share it, its reading goes on, and this request is turned away when its body becomes too much; else a request
     * that has a worker might wait for its body behind one that waits for that worker.
     */
    void holdBody() {
        if (isLeft()) {
            return;
        }
        if (!front.sharesConnection()) {
            pauseBody(early.bytes() >= Math.max(EarlyBody.LIMIT, buffers.requestBody()));
        } else if (early.isTooMuchToShare()) {
            withdraw();
            reject("no worker is free, and its body can't wait on a connection that other requests share");
        } else {
            pauseBody(false);
        }
    }

    @Override
    public void onBodyEnd(RecordType stream) {
        if (state == State.RUNNING) {
            ended.add(stream);
            slot.bodyEnd(stream);
        } else if (state.waits()) {
            early.end(stream);
            submitWhenCollected();
        }
    }

    @Override
    public void onFrontReadComplete() {
        arriving = false;
        if (state == State.RUNNING) {
            slot.flush();
        }
    }

    @Override
    public void onAbort(String reason) {
        if (state == State.OVER) {
            return;
        }
        LOG.debug("[pool {}] {} given up: {}", pool, describe(), reason);
        if (state == State.RUNNING) {
            leaveSlot();
        } else if (isToRunWithoutClient()) {
            loseClient();
        } else {
            finish();
            withdraw();
        }
        if (front.isOpen()) {
            front.end(0, ProtocolStatus.REQUEST_COMPLETE);
        }
    }

    /** In a queue it counts against the queue's limit; before, nothing else bounds how many there are. */
    private boolean isToRunWithoutClient() {
        return endings.abandoned() != Abandoned.DROP
                && isWhole()
                && (state == State.QUEUED || counters.left() < queueLimit);
    }

    private void loseClient() {
        client = Client.LEFT;
        counters.onLeft();
        front.keepParams();
        if (state == State.QUEUED) {
            dispatcher.onLeft(this);
        }
    }

    @Override
    public void onWritable() {
        if (state == State.RUNNING) {
            if (answerPaused && front.isWritable()) {
                answerPaused = false;
                slot.pauseAnswer(false);
            }
            if (bodyPaused && slot.isWritable()) {
                pauseBody(false);
            }
        }
    }

    // ---- from the worker

    @Override
    public void onStdout(ByteBuf content) {
        if (isLeft()) {
            content.release();
            leaveSlot();
            return;
        }
        answered = true;
        unflushed = true;
        front.stdout(content);
        holdAnswer();
    }

    @Override
    public void onStderr(ByteBuf content) {
        if (isLeft()) {
            content.release();
            return;
        }
        unflushed = true;
        front.stderr(content);
        holdAnswer();
    }

    /** A slow client costs memory, up to a limit, and not a worker; beyond that the worker has to wait for it. */
    private void holdAnswer() {
        if (!front.isWritable()) {
            front.flush();
            answerPaused =
                    !front.isWritable() && (front.pendingBytes() >= buffers.response() || DirectMemory.isScarce());
            slot.pauseAnswer(answerPaused);
        }
    }

    /**
     * A script that flushes wants its client to see what it has sent so far. In the same read the answer before may have
     * ended, and this request have begun: of it there is nothing yet.
     */
    @Override
    public void onWorkerReadComplete() {
        if (unflushed) {
            unflushed = false;
            front.flush();
        }
    }

    @Override
    public void onEnd(int appStatus, ProtocolStatus protocolStatus) {
        finish();
        front.end(appStatus, protocolStatus);
    }

    @Override
    public void onLost(Loss loss, String reason) {
        if (!answered && !bodySent && mayHaveAnother(loss)) {
            tryAnother();
            return;
        }
        counters.onFailed();
        LOG.warn("[pool {}] {} failed: {}", pool, describe(), reason);
        finish();
        // part of an answer must not be taken for all of it
        Reply reply = answered ? Reply.CLOSE : endings.failure();
        reply(reply, loss == Loss.TIMED_OUT ? Answers.GATEWAY_TIMEOUT : Answers.BAD_GATEWAY, reason);
    }

    private boolean mayHaveAnother(Loss loss) {
        return loss == Loss.UNTOUCHED || loss == Loss.LIKELY_UNTOUCHED && endedWorkers++ == 0;
    }

    private void tryAnother() {
        counters.onDone();
        state = State.QUEUED;
        slot = null;
        ended.forEach(early::end);
        ended.clear();
        dispatcher.resubmit(this);
    }

    @Override
    public String describe() {
        Params params = front.params();
        String query = params.get("QUERY_STRING");
        String uri = params.get("REQUEST_URI");
        if (uri == null) {
            uri = params.get("SCRIPT_NAME") + (query == null || query.isEmpty() ? "" : "?" + query);
        }
        return "script '" + printable(params.get("SCRIPT_FILENAME")) + "' (request: \"" + params.get("REQUEST_METHOD")
                + " " + printable(uri) + "\")";
    }

    /** What comes from outside must not forge lines of the log. */
    private static String printable(String text) {
        if (text == null) {
            return "-";
        }
        String start = text.length() > MAX_DESCRIBED ? text.substring(0, MAX_DESCRIBED) + "..." : text;
        return start.replaceAll("\\p{Cntrl}", "?");
    }

    private void withdraw() {
        if (dispatcher != null) {
            dispatcher.withdraw(this);
        }
    }

    private void finish() {
        if (state == State.RUNNING) {
            counters.onDone();
        }
        state = State.OVER;
        early.discard();
        if (isLeft()) {
            counters.onLeftDone();
            front.releaseParams();
        }
    }

    private void pauseBody(boolean paused) {
        if (bodyPaused != paused) {
            bodyPaused = paused;
            front.pauseBody(paused);
        }
    }
}
