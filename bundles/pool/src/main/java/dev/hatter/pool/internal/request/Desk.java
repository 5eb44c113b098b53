// SPDX-License-Identifier: Apache-2.0
package dev.hatter.pool.internal.request;

import dev.hatter.fastcgi.transport.FrontRequest;
import dev.hatter.fastcgi.transport.RequestHandler;
import dev.hatter.fastcgi.transport.RequestListener;
import dev.hatter.pool.internal.script.Resolution;
import dev.hatter.pool.internal.script.ScriptCache;
import dev.hatter.pool.internal.script.ScriptParams;
import dev.hatter.pool.internal.script.ScriptResolver;
import dev.hatter.pool.internal.script.ScriptRules;
import dev.hatter.pool.internal.settings.PoolSettings;
import io.netty.channel.EventLoop;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where a pool's requests come in: decides whether the script may run, then hands them to the dispatcher. */
public final class Desk implements RequestHandler {
    private static final Logger LOG = LoggerFactory.getLogger(Desk.class);

    private final String pool;
    private final Supplier<PoolSettings> settings;
    private final Routing routing;
    private final Counters counters;
    private final EventLoop loop;
    private final Executor blocking;
    private final ScriptCache scripts = new ScriptCache();

    /**
     * @param settings those in force
     * @param blocking looks at the file system, one task after the other
     */
    public Desk(
            String pool,
            Supplier<PoolSettings> settings,
            Routing routing,
            Counters counters,
            EventLoop loop,
            Executor blocking) {
        this.pool = pool;
        this.settings = settings;
        this.routing = routing;
        this.counters = counters;
        this.loop = loop;
        this.blocking = blocking;
    }

    /** The rules have changed: nothing that was found before counts any more. */
    public void forget() {
        scripts.clear();
    }

    @Override
    public RequestListener onRequest(FrontRequest front) {
        counters.onRequest();
        // made of a client's header "Proxy:", but programs take it for their own proxy; php-fpm drops it too
        front.params().remove("HTTP_PROXY");
        if (front.sharesConnection()) {
            routing.onConnectionShared();
        }
        Exchange exchange = new Exchange(front, counters, settings.get());
        if (checksScripts()) {
            checkScript(exchange, front);
        } else {
            route(exchange);
        }
        return exchange;
    }

    /** Sends requests on their way again whose dispatcher is no more. */
    public void redirect(Dispatcher gone) {
        gone.forward(exchange -> {
            exchange.recall();
            route(exchange);
        });
    }

    private void route(Exchange exchange) {
        Dispatcher known = routing.known(exchange.params());
        if (known != null) {
            exchange.submit(known);
        } else {
            routing.find(exchange.params(), found -> submit(exchange, found));
        }
    }

    private void submit(Exchange exchange, Dispatcher found) {
        if (exchange.isOver()) {
            return;
        }
        if (found == null) {
            LOG.info("[pool {}] {} refused: there is no hat for it", pool, exchange.describe());
            exchange.answer(Answers.ACCESS_DENIED, "Hatter, pool " + pool + ": there is no hat for this request");
        } else {
            exchange.submit(found);
        }
    }

    private boolean checksScripts() {
        PoolSettings now = settings.get();
        return now.launch().phpCgi() || !now.run().limitExtensions().isEmpty();
    }

    private void checkScript(Exchange exchange, FrontRequest front) {
        String path = ScriptParams.path(front.params());
        Resolution.Script known = path == null ? null : scripts.get(path, System.nanoTime());
        if (known != null) {
            decide(exchange, front, path, known);
        } else if (path == null) {
            decide(exchange, front, null, new Resolution.Missing());
        } else {
            PoolSettings now = settings.get();
            ScriptRules rules = new ScriptRules(
                    now.launch().chroot(),
                    now.run().limitExtensions(),
                    now.launch().php()::holdFor);
            blocking.execute(() -> {
                Resolution found = ScriptResolver.resolve(path, rules);
                loop.execute(() -> decide(exchange, front, path, found));
            });
        }
    }

    private void decide(Exchange exchange, FrontRequest front, String path, Resolution found) {
        if (exchange.isOver()) {
            return;
        }
        if (found instanceof Resolution.Script script) {
            scripts.put(path, script, System.nanoTime());
            ScriptParams.apply(front.params(), script);
            route(exchange);
        } else if (found instanceof Resolution.Denied denied) {
            String reason = "Access to the script '" + denied.file().replaceAll("\\p{Cntrl}", "?")
                    + "' has been denied (" + denied.reason() + ")";
            LOG.info("[pool {}] {}", pool, reason);
            exchange.answer(Answers.ACCESS_DENIED, reason);
        } else {
            exchange.answer(Answers.FILE_NOT_FOUND, "Primary script unknown");
        }
    }
}
