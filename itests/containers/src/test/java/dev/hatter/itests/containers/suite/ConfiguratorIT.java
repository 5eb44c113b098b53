// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.containers.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hatter.itests.containers.harness.InContainer;
import dev.hatter.itests.containers.inside.Container;
import dev.hatter.itests.containers.inside.JsonBundle;
import dev.hatter.itests.containers.inside.TestPool;
import dev.hatter.itests.peers.harness.Backend;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;

/** Pools by the OSGi Configurator: {@code OSGI-INF/configurator/*.json} of any bundle. */
@ExtendWith(InContainer.class)
public class ConfiguratorIT {
    @Test
    public void aBundleBringsAPoolAndTakesItAway(BundleContext context) throws BundleException {
        TestPool pool = TestPool.on(new Container(context), Backend.tcp()).with("pm.max_children", 1);
        Bundle bundle = context.installBundle("json:" + pool.name(), JsonBundle.of(pool, 1));
        try {
            bundle.start();
            pool.awaitState("ACTIVE");
            pool.get();
            bundle.update(JsonBundle.of(pool.with("pm.max_children", 2), 2));
            await().atMost(Duration.ofSeconds(20)).until(() -> pool.workers().size() == 2);
            assertThat(pool.state()).isEqualTo("ACTIVE");
        } finally {
            bundle.uninstall();
        }
        pool.awaitGone();
    }
}
