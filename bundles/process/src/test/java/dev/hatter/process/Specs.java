// SPDX-License-Identifier: Apache-2.0
package dev.hatter.process;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Launch specifications for tests. */
public final class Specs {
    private Specs() {}

    public static LaunchSpec of(OutputListener output, String... command) {
        return new LaunchSpec("pool test", List.of(command), Map.of("PATH", "/usr/bin:/bin"), null, null, 16, output);
    }

    public static LaunchSpec shell(OutputListener output, String script) {
        return of(output, "/bin/sh", "-c", script);
    }

    public static LaunchSpec shellAs(OutputListener output, Identity identity, String script) {
        LaunchSpec spec = shell(output, script);
        return new LaunchSpec(spec.name(), spec.command(), spec.environment(), null, identity, spec.backlog(), output);
    }

    public static LaunchSpec with(LaunchSpec spec, Map<String, String> environment, Path directory) {
        return new LaunchSpec(
                spec.name(), spec.command(), environment, directory, spec.identity(), spec.backlog(), spec.output());
    }
}
