// SPDX-License-Identifier: Apache-2.0
package dev.hatter.launcher;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.felix.framework.Felix;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.startlevel.BundleStartLevel;

/** The framework with the distribution's bundles. */
final class Container {
    private final Framework framework;
    private final List<BundleFolder> folders;

    private Container(Framework framework, List<BundleFolder> folders) {
        this.framework = framework;
        this.folders = folders;
    }

    static Container create(Settings settings, RunDirectory run) throws IOException, StartException {
        List<BundleFolder> folders = BundleFolder.in(settings.home().resolve("bundles"));
        int last = folders.get(folders.size() - 1).startLevel();
        Map<String, Object> map = FrameworkSettings.of(settings, run, last);
        return new Container(new Felix(map), folders);
    }

    /** Returns when every bundle is active, and so FileInstall's first scan is done. */
    void start() throws StartException {
        try {
            framework.init();
            List<Bundle> bundles = install();
            framework.start();
            checkActive(bundles);
        } catch (BundleException e) {
            throw new StartException("the framework does not start: " + e.getMessage());
        }
    }

    private List<Bundle> install() throws BundleException {
        List<Bundle> bundles = new ArrayList<>();
        for (BundleFolder folder : folders) {
            for (Path jar : folder.jars()) {
                bundles.add(install(framework.getBundleContext(), jar, folder.startLevel()));
            }
        }
        return bundles;
    }

    private static Bundle install(BundleContext context, Path jar, int startLevel) throws BundleException {
        // by reference: read where it lies, not copied to the run directory
        Bundle bundle = context.installBundle("reference:" + jar.toUri());
        bundle.adapt(BundleStartLevel.class).setStartLevel(startLevel);
        if (!isFragment(bundle)) {
            bundle.start(); // only marks it: its start level has not come yet
        }
        return bundle;
    }

    private static boolean isFragment(Bundle bundle) {
        return bundle.getHeaders().get(Constants.FRAGMENT_HOST) != null;
    }

    private static void checkActive(List<Bundle> bundles) throws StartException {
        List<String> lame = bundles.stream()
                .filter(bundle -> !isFragment(bundle) && bundle.getState() != Bundle.ACTIVE)
                .map(Bundle::getSymbolicName)
                .toList();
        if (!lame.isEmpty()) {
            throw new StartException("bundles that do not start: " + String.join(", ", lame) + "; the log says why");
        }
    }

    /** Returns when the framework has stopped, for whatever reason. */
    FrameworkEvent waitForStop() throws InterruptedException {
        return framework.waitForStop(0);
    }

    /** Stops the framework and with it the pools. @return false when it hasn't stopped after that time */
    boolean stop(long millis) throws BundleException, InterruptedException {
        framework.stop();
        return framework.waitForStop(millis).getType() != FrameworkEvent.WAIT_TIMEDOUT;
    }
}
