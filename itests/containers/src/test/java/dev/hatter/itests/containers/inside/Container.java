// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.containers.inside;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.wiring.FrameworkWiring;

/** The container that a test runs in. */
public final class Container {
    /** Our bundles, those before that are needed by those behind. */
    public static final List<String> OURS = List.of(
            "dev.hatter.jnr", "dev.hatter.fastcgi", "dev.hatter.process", "dev.hatter.apparmor", "dev.hatter.pool");

    public static final String SCR = "org.apache.felix.scr";
    public static final String CONFIG_ADMIN = "org.apache.felix.configadmin";

    static final Duration READY = Duration.ofSeconds(30);

    private final BundleContext context;

    public Container(BundleContext context) {
        this.context = context;
    }

    public static boolean isKaraf() {
        return System.getProperty("hatter.container").equals("karaf");
    }

    public BundleContext context() {
        return context;
    }

    public Bundle bundle(String symbolicName) {
        return find(symbolicName).orElseThrow(() -> new AssertionError("no bundle " + symbolicName + " is installed"));
    }

    public Optional<Bundle> find(String symbolicName) {
        return Arrays.stream(context.getBundles())
                .filter(bundle -> symbolicName.equals(bundle.getSymbolicName()))
                .findFirst();
    }

    public void start(String symbolicName) {
        try {
            bundle(symbolicName).start();
        } catch (BundleException e) {
            throw new AssertionError(symbolicName + " doesn't start", e);
        }
    }

    public void stop(String symbolicName) {
        try {
            bundle(symbolicName).stop();
        } catch (BundleException e) {
            throw new AssertionError(symbolicName + " doesn't stop", e);
        }
    }

    /** Reads it again from where it came from. */
    public void update(String symbolicName) {
        try {
            bundle(symbolicName).update();
        } catch (BundleException e) {
            throw new AssertionError(symbolicName + " can't be updated", e);
        }
    }

    /** Refreshes those bundles, and all that are wired to them; null for those that have to be. Waits for the end. */
    public void refresh(Collection<Bundle> bundles) {
        CountDownLatch refreshed = new CountDownLatch(1);
        context.getBundle(0).adapt(FrameworkWiring.class).refreshBundles(bundles, event -> {
            if (event.getType() == FrameworkEvent.PACKAGES_REFRESHED) {
                refreshed.countDown();
            }
        });
        try {
            if (!refreshed.await(READY.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("no end of the refresh of " + bundles);
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Starts what isn't active of those, in their order. */
    public void startAll(List<String> symbolicNames) {
        symbolicNames.forEach(this::start);
    }

    /** What a service answers; waits for it. */
    public <S, T> T with(Class<S> type, Function<S, T> use) {
        await(type.getName()).atMost(READY).until(() -> context.getServiceReference(type) != null);
        ServiceReference<S> reference = context.getServiceReference(type);
        try {
            return use.apply(context.getService(reference));
        } finally {
            context.ungetService(reference);
        }
    }
}
