// SPDX-License-Identifier: Apache-2.0
package dev.hatter.process;

import java.nio.file.Path;

/** Launches a shell script and prints what it says, until killed. Arguments: run directory, script. */
final class LaunchingMain {
    private LaunchingMain() {}

    public static void main(String[] arguments) throws Exception {
        Launcher launcher = Launchers.open(Path.of(arguments[0]));
        OutputListener printer = (process, stream, line) -> System.out.println(line);
        launcher.launch(Specs.shell(printer, arguments[1]));
        new java.util.concurrent.CountDownLatch(1).await();
    }
}
