// SPDX-License-Identifier: Apache-2.0
package dev.hatter.process.internal;

import dev.hatter.process.CloseableLauncher;
import dev.hatter.process.LaunchException;
import dev.hatter.process.LaunchFault;
import dev.hatter.process.LaunchSpec;
import dev.hatter.process.Launcher;
import dev.hatter.process.Launchers;
import dev.hatter.process.UserEntry;
import dev.hatter.process.WorkerProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The launcher as a service. Immediate, so that what a killed run left behind is ended at start. */
@Component(service = Launcher.class, immediate = true)
public final class LauncherComponent implements Launcher {
    private static final Logger LOG = LoggerFactory.getLogger(LauncherComponent.class);

    private final CloseableLauncher launcher;

    @Activate
    public LauncherComponent(BundleContext context) throws IOException {
        Path run = runDirectory(context);
        try {
            launcher = Launchers.open(run);
        } catch (IOException e) {
            LOG.error("no process can be started: {}", e.getMessage());
            throw e;
        }
    }

    /** {@code hatter.run}; in Karaf its data directory; else the bundle's own data area. */
    private static Path runDirectory(BundleContext context) {
        String run = context.getProperty("hatter.run");
        if (run != null && !run.isBlank()) {
            return Path.of(run);
        }
        String karafData = context.getProperty("karaf.data");
        return karafData == null
                ? context.getDataFile("run").toPath()
                : Path.of(karafData).resolve("hatter");
    }

    @Deactivate
    void close() {
        launcher.close();
    }

    @Override
    public List<LaunchFault> check(LaunchSpec spec) {
        return launcher.check(spec);
    }

    @Override
    public Optional<UserEntry> user(String name) throws IOException {
        return launcher.user(name);
    }

    @Override
    public WorkerProcess launch(LaunchSpec spec) throws LaunchException {
        return launcher.launch(spec);
    }
}
