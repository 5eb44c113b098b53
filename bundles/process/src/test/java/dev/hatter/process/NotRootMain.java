// SPDX-License-Identifier: Apache-2.0
package dev.hatter.process;

import java.nio.file.Path;

/** What {@link NotRootTest} has another user run. Argument: run directory. */
final class NotRootMain {
    private NotRootMain() {}

    public static void main(String[] arguments) throws Exception {
        OutputListener printer = (process, stream, line) -> System.out.println(line);
        try (CloseableLauncher launcher = Launchers.open(Path.of(arguments[0]))) {
            String script = "exec cat /proc/self/status";
            launcher.check(Specs.shellAs(printer, new Identity("daemon", "daemon"), script))
                    .forEach(fault -> System.out.println("fault " + fault));
            WorkerProcess process = launcher.launch(Specs.shellAs(printer, new Identity("nobody", null), script));
            System.out.println(Exits.of(process));
        }
    }
}
