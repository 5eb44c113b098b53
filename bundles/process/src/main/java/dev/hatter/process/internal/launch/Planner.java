// SPDX-License-Identifier: Apache-2.0
package dev.hatter.process.internal.launch;

import dev.hatter.process.LaunchFault.Part;
import dev.hatter.process.LaunchSpec;
import dev.hatter.process.internal.os.AccessList;
import dev.hatter.process.internal.os.Account;
import dev.hatter.process.internal.os.Accounts;
import dev.hatter.process.internal.os.Native;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes a plan of what to launch, or says everything that is wrong with it. */
public final class Planner {
    private final Tools tools;
    private final Identities identities;
    private final Programs programs;

    public Planner(Native os, SearchPath searchPath) {
        Accounts accounts = new Accounts(os);
        this.tools = Tools.find(searchPath);
        this.identities = new Identities(accounts);
        this.programs = new Programs(searchPath, new Access(accounts, new AccessList(os)));
    }

    /** The plan; empty when faults were added. */
    public Optional<LaunchPlan> plan(LaunchSpec spec, Faults faults) {
        int faultsBefore = faults.size();
        Optional<Account> account = identities.resolve(spec.identity(), faults);
        checkTools(spec, account, faults);
        checkTexts(spec, faults);
        Path directory = spec.directory() == null ? Path.of("/") : spec.directory();
        checkDirectory(directory, faults);
        if (spec.backlog() < 1) {
            faults.add(Part.BACKLOG, "a backlog of " + spec.backlog() + " lets nobody connect; it must be 1 or more");
        }
        Optional<Path> program = programs.find(spec.command(), account, faults);
        return faults.size() > faultsBefore
                ? Optional.empty()
                : program.map(path -> plan(spec, account, path, directory));
    }

    private LaunchPlan plan(LaunchSpec spec, Optional<Account> account, Path program, Path directory) {
        List<String> arguments = spec.command().subList(1, spec.command().size());
        ExecChain.Link first = new ExecChain(tools).build(account, program, arguments, spec.environment());
        return new LaunchPlan(program.toString(), first.argv(), first.environment(), directory);
    }

    private void checkTools(LaunchSpec spec, Optional<Account> account, Faults faults) {
        if (account.isEmpty()) {
            return;
        }
        if (tools.setpriv().isEmpty()) {
            faults.add(
                    Part.USER,
                    "no program \"setpriv\" in PATH, which user \""
                            + spec.identity().user() + "\" needs; install util-linux (BusyBox's setpriv can't do it)");
        }
        spec.environment().keySet().stream()
                .filter(name -> ExecChain.isUnsafe(name) && tools.env().isEmpty())
                .forEach(name -> faults.add(
                        Part.ENVIRONMENT,
                        "no program \"env\" in PATH, which variable " + name
                                + " needs where a user is set; install coreutils"));
    }

    private static void checkTexts(LaunchSpec spec, Faults faults) {
        List<String> texts = new ArrayList<>(spec.command());
        for (Map.Entry<String, String> variable : spec.environment().entrySet()) {
            String name = variable.getKey();
            if (name.isEmpty() || name.indexOf('=') >= 0) {
                faults.add(
                        Part.ENVIRONMENT,
                        "\"" + name + "\" can't be the name of a variable; it must not be empty nor hold \"=\"");
            }
            texts.add(name);
            texts.add(variable.getValue());
        }
        texts.stream()
                .filter(text -> text.indexOf('\0') >= 0)
                .forEach(text -> faults.add(
                        Part.COMMAND,
                        "\"" + text.replace('\0', '?') + "\" holds a NUL character; no argument or variable can"));
    }

    private static void checkDirectory(Path directory, Faults faults) {
        if (!directory.isAbsolute()) {
            faults.add(Part.DIRECTORY, "working directory \"" + directory + "\" isn't absolute; write the whole path");
        } else if (!Files.exists(directory)) {
            faults.add(Part.DIRECTORY, "no such working directory \"" + directory + "\"; make it, or name another one");
        } else if (!Files.isDirectory(directory)) {
            faults.add(Part.DIRECTORY, "working directory \"" + directory + "\" is no directory; name one");
        } else if (!Files.isExecutable(directory)) {
            faults.add(
                    Part.DIRECTORY,
                    "working directory \"" + directory + "\" can't be entered by Hatter; change its mode");
        }
    }
}
