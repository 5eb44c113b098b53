// SPDX-License-Identifier: Apache-2.0
package dev.hatter.pool.internal;

import java.nio.file.Path;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/** Makes the {@link House} when the first pool needs it. */
@Component(service = HouseComponent.class)
public final class HouseComponent {
    /** The framework property that names the run directory. */
    private static final String RUN_DIRECTORY = "hatter.run";

    private final House house;

    @Activate
    public HouseComponent(BundleContext context) {
        String run = context.getProperty(RUN_DIRECTORY);
        house = new House(run == null ? null : Path.of(run));
    }

    House house() {
        return house;
    }

    @Deactivate
    void deactivate() {
        house.close();
    }
}
