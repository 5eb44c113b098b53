// SPDX-License-Identifier: Apache-2.0
package dev.hatter.pool.internal;

import dev.hatter.pool.Pool;
import dev.hatter.pool.PoolSnapshot;
import dev.hatter.pool.PoolState;
import dev.hatter.process.Confinement;
import dev.hatter.process.Launcher;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.service.component.ComponentConstants;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** One pool for each {@code dev.hatter.pool} configuration. */
@Component(
        name = Pool.FACTORY_PID,
        configurationPid = Pool.FACTORY_PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE,
        immediate = true,
        service = Pool.class)
public final class PoolComponent implements Pool {
    /** With these the other pools stay. */
    private static final Set<Integer> ALONE = Set.of(
            ComponentConstants.DEACTIVATION_REASON_CONFIGURATION_MODIFIED,
            ComponentConstants.DEACTIVATION_REASON_CONFIGURATION_DELETED);

    /** Optional, but for pools with apparmor_hat: {@link HatGate} makes it mandatory for these. */
    @Reference(
            name = HatGate.REFERENCE,
            target = HatGate.TARGET,
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile Confinement confinement;

    private final HouseComponent houses;
    private final RefusalNotice refusal;
    private final PoolLife life;

    @Activate
    public PoolComponent(
            @Reference(name = "house") HouseComponent houses,
            @Reference(name = "launcher") Launcher launcher,
            BundleContext context,
            Map<String, Object> configuration) {
        this.houses = houses;
        String name = PoolName.of(String.valueOf(configuration.get(Constants.SERVICE_PID)));
        this.refusal = new RefusalNotice(context, name, configuration.get(ComponentConstants.COMPONENT_ID));
        this.life = new PoolLife(name, houses.house(), launcher, () -> confinement, refusal);
    }

    /** The pool starts in the background, so that others can meanwhile; its state tells what became of it. */
    @Activate
    void activate(Map<String, Object> configuration) {
        life.configure(configuration);
    }

    @Modified
    void modified(Map<String, Object> configuration) {
        life.configure(configuration);
    }

    @Deactivate
    void deactivate(int reason) {
        if (ALONE.contains(reason)) {
            life.leave();
        } else if (life.isConfined() && !houses.isConfinementThere()) {
            life.withdraw("what confines its workers has gone");
        } else {
            life.end();
            houses.empty();
        }
        refusal.close();
    }

    @Override
    public String name() {
        return life.name();
    }

    @Override
    public PoolState state() {
        return life.state();
    }

    @Override
    public CompletionStage<PoolSnapshot> snapshot() {
        return life.snapshot();
    }
}
