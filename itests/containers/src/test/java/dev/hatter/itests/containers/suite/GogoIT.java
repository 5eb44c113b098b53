// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.containers.suite;

import dev.hatter.itests.containers.harness.InContainer;
import dev.hatter.itests.containers.inside.Container;
import dev.hatter.itests.containers.inside.Gogo;
import dev.hatter.itests.containers.inside.TestPool;
import dev.hatter.itests.peers.harness.Backend;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.osgi.framework.BundleContext;

/** What a console says of a pool that doesn't run. */
@ExtendWith(InContainer.class)
@DisabledIfSystemProperty(
        named = "hatter.container",
        matches = "karaf",
        disabledReason = "Karaf's console is one of its own: KarafIT and KarafConfinementIT ask it the same")
public class GogoIT {
    private static final String INFO = "scr:info dev.hatter.pool";

    @Test
    public void saysWhichServiceIsMissing(BundleContext context) {
        Container container = new Container(context);
        container.stop("dev.hatter.apparmor"); // there may be AppArmor here
        try (TestPool pool = TestPool.on(container, Backend.tcp()).with("apparmor_hat", "tenant")) {
            pool.configure();
            Gogo.awaitAnswer(
                    container,
                    INFO,
                    text -> text.contains("service.pid<String> = dev.hatter.pool~" + pool.name())
                            && text.contains("confinement: dev.hatter.process.Confinement UNSATISFIED"));
        } finally {
            container.start("dev.hatter.apparmor");
        }
    }

    @Test
    public void saysThatAConfigurationWasRefused(BundleContext context) {
        Container container = new Container(context);
        try (TestPool pool = TestPool.on(container, Backend.tcp()).with("pm", "sttaic")) {
            pool.configure();
            Gogo.awaitAnswer(container, INFO, text -> text.contains("dev.hatter.pool.Refusal"));
        }
    }
}
