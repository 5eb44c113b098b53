// SPDX-License-Identifier: Apache-2.0
package dev.hatter.launcher;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.felix.framework.util.FelixConstants;
import org.osgi.framework.Constants;

/** What the framework, ConfigAdmin and FileInstall are told. */
final class FrameworkSettings {
    private FrameworkSettings() {}

    static Map<String, Object> of(Settings settings, RunDirectory run, int startLevel) throws IOException {
        Map<String, Object> map = new HashMap<>();
        map.put("hatter.home", settings.home().toString());
        map.put("hatter.conf", settings.conf().toString());
        map.put("hatter.run", run.path().toString());
        map.put("hatter.default.user", DefaultUser.name());

        map.put(FelixConstants.LOG_LOGGER_PROP, new FrameworkLog());
        map.put(Constants.FRAMEWORK_STORAGE, run.cache().toString());
        map.put(Constants.FRAMEWORK_STORAGE_CLEAN, Constants.FRAMEWORK_STORAGE_CLEAN_ONFIRSTINIT);
        map.put(Constants.FRAMEWORK_BEGINNING_STARTLEVEL, Integer.toString(startLevel));
        map.put(
                Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA,
                slf4jPackages(Versions.load().slf4j()));

        // the files are the truth: nothing remembered from the last run, nothing written back
        map.put("felix.cm.pm", "none");
        map.put("felix.fileinstall.enableConfigSave", "false");
        map.put("felix.fileinstall.dir", settings.conf().toString());
        map.put("felix.fileinstall.tmpdir", run.temporary().toString());
        map.put("felix.fileinstall.configEncoding", "UTF-8");
        // not an editor's drafts, and nothing that FileInstall would install as a bundle
        map.put("felix.fileinstall.filter", "[^.#].*\\.cfg");
        map.put("felix.fileinstall.subdir.mode", "skip");
        // the kernel tells of changes (inotify); asking it costs a few microseconds, and two rounds make an edit live:
        // within a tenth of a second, with what the pool does
        map.put("felix.fileinstall.poll", "30");
        // the first scan is over when FileInstall has started
        map.put("felix.fileinstall.noInitialDelay", "true");
        map.put("felix.fileinstall.log.level", "2");
        map.put("felix.fileinstall.log.default", "jul");
        return map;
    }

    /** slf4j lives on the class path: the framework's own messages and the bundles' go one way, without an extender. */
    private static String slf4jPackages(String version) {
        String attribute = ";version=\"" + version + "\"";
        return String.join(
                ",",
                "org.slf4j" + attribute,
                "org.slf4j.event" + attribute,
                "org.slf4j.helpers" + attribute,
                "org.slf4j.spi" + attribute);
    }
}
