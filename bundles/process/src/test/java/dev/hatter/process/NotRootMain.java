// SPDX-License-Identifier: Apache-2.0
package dev.hatter.process;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** What {@link NotRootTest} has another user run. Arguments: run directory; whether it may do all that. */
final class NotRootMain {
    private NotRootMain() {}

    public static void main(String[] arguments) throws Exception {
        OutputListener printer = (process, stream, line) -> System.out.println(line);
        try (CloseableLauncher launcher = Launchers.open(Path.of(arguments[0]))) {
            String script = "exec cat /proc/self/status";
            int files = arguments.length > 1 ? 500 : 2000; // the hard limit is 1000
            LaunchSpec other = Specs.shellAs(printer, new Identity("daemon", "daemon"), script)
                    .withLimits(new Limits(files, null, -5, null, null));
            if (arguments.length > 1) {
                launchAndKill(launcher, other, printer);
                return;
            }
            launcher.check(other.withRoot(Path.of("/tmp"))).stream()
                    .filter(fault -> fault.part() != LaunchFault.Part.COMMAND)
                    .forEach(fault -> System.out.println("fault " + fault));
            WorkerProcess process = launcher.launch(Specs.shellAs(printer, new Identity("nobody", null), script));
            System.out.println(Exits.of(process));
        }
    }

    private static void launchAndKill(Launcher launcher, LaunchSpec other, OutputListener printer) throws Exception {
        CountDownLatch up = new CountDownLatch(1);
        OutputListener output = (process, stream, line) -> {
            printer.onLine(process, stream, line);
            if (line.equals("up")) {
                up.countDown();
            }
        };
        String script = "cat /proc/self/status; echo nice $(nice); echo up; exec sleep 100";
        WorkerProcess process =
                launcher.launch(Specs.shellAs(output, other.identity(), script).withLimits(other.limits()));
        up.await(20, TimeUnit.SECONDS);
        process.signal(Signal.KILL);
        System.out.println(Exits.of(process).toString().contains("SIGKILL") ? "killed" : "not killed");
    }
}
