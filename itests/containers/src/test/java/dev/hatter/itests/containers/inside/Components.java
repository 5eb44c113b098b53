// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.containers.inside;

import static org.awaitility.Awaitility.await;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;
import org.osgi.service.component.runtime.dto.UnsatisfiedReferenceDTO;

/** What SCR says of the pools' components; scr:info prints the same. */
public final class Components {
    private Components() {}

    /** Waits until SCR says that the pool lacks the confinement service, and nothing else. */
    public static void awaitLackOfConfinement(Container container, TestPool pool) {
        await("lack of confinement of " + pool.name())
                .atMost(Container.READY)
                .until(() -> unsatisfied(container, pool), List.of("confinement")::equals);
    }

    private static List<String> unsatisfied(Container container, TestPool pool) {
        return container.with(
                ServiceComponentRuntime.class,
                runtime -> configurations(runtime)
                        .filter(dto -> ("dev.hatter.pool~" + pool.name()).equals(dto.properties.get("service.pid")))
                        .filter(dto -> dto.state == ComponentConfigurationDTO.UNSATISFIED_REFERENCE)
                        .flatMap(dto -> Arrays.stream(dto.unsatisfiedReferences))
                        .map((UnsatisfiedReferenceDTO reference) -> reference.name)
                        .toList());
    }

    private static Stream<ComponentConfigurationDTO> configurations(ServiceComponentRuntime runtime) {
        return runtime.getComponentDescriptionDTOs().stream()
                .filter((ComponentDescriptionDTO description) -> description.name.equals("dev.hatter.pool"))
                .flatMap(description -> runtime.getComponentConfigurationDTOs(description).stream());
    }
}
