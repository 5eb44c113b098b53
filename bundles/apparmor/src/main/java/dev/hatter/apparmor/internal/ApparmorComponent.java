// SPDX-License-Identifier: Apache-2.0
package dev.hatter.apparmor.internal;

import dev.hatter.process.Confinement;
import java.io.IOException;
import java.util.Dictionary;
import java.util.Hashtable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Registers the confinement service where AppArmor can be used; elsewhere it says why not, once. */
@Component(
        immediate = true,
        service = {})
public final class ApparmorComponent {
    private static final Logger LOG = LoggerFactory.getLogger(ApparmorComponent.class);

    private ServiceRegistration<Confinement> registration;

    @Activate
    void activate(BundleContext context) {
        try {
            Kernel kernel = Library.load();
            Label own = kernel.own();
            registration = context.registerService(Confinement.class, new Hats(kernel), properties(own));
            LOG.info("AppArmor confines the workers of pools with apparmor_hat; Hatter itself wears \"{}\"", own);
        } catch (UnavailableException | IOException e) {
            LOG.info("AppArmor can't be used, pools with apparmor_hat don't start: {}", e.getMessage());
        }
    }

    private static Dictionary<String, Object> properties(Label own) {
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put(Confinement.TYPE, "apparmor");
        properties.put(Confinement.OWN_LABEL, own.toString());
        return properties;
    }

    @Deactivate
    void deactivate() {
        if (registration != null) {
            registration.unregister();
        }
    }
}
