// SPDX-License-Identifier: Apache-2.0
package dev.hatter.pool.internal;

import dev.hatter.pool.Pool;
import org.osgi.service.cm.ConfigurationEvent;
import org.osgi.service.cm.ConfigurationListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Removes the state of a pool whose configuration is deleted before it could ever be applied: its component was never
 * active, so nobody else hears of it.
 */
@Component(service = ConfigurationListener.class)
public final class RefusedPools implements ConfigurationListener {
    private final House house;

    @Activate
    public RefusedPools(@Reference HouseComponent house) {
        this.house = house.house();
    }

    @Override
    public void configurationEvent(ConfigurationEvent event) {
        if (event.getType() == ConfigurationEvent.CM_DELETED && Pool.FACTORY_PID.equals(event.getFactoryPid())) {
            String name = PoolName.of(event.getPid());
            if (!house.isPresent(name)) {
                house.statusFiles().of(name, house.threads()).remove();
            }
        }
    }
}
