// SPDX-License-Identifier: Apache-2.0
package dev.hatter.process.internal.launch;

import dev.hatter.process.Chroot;
import dev.hatter.process.ConfinementException;
import dev.hatter.process.LaunchFault.Part;
import dev.hatter.process.LaunchSpec;
import dev.hatter.process.Limits;
import dev.hatter.process.internal.os.AccessList;
import dev.hatter.process.internal.os.Account;
import dev.hatter.process.internal.os.Accounts;
import dev.hatter.process.internal.os.Native;
import dev.hatter.process.internal.os.OwnLimits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes a plan of what to launch, or says everything that is wrong with it. */
public final class Planner {
    private static final int HIGHEST_NICE = 19;

    private final Tools tools;
    private final Identities identities;
    private final Accounts accounts;
    private final SearchPath searchPath;
    private final Access access;

    public Planner(Native os, SearchPath searchPath) {
        this.accounts = new Accounts(os);
        this.searchPath = searchPath;
        this.access = new Access(accounts, new AccessList(os));
        this.tools = Tools.find(searchPath);
        this.identities = new Identities(accounts);
    }

    /** The plan; empty when faults were added. */
    public Optional<LaunchPlan> plan(LaunchSpec spec, Faults faults) {
        int faultsBefore = faults.size();
        Privileges privileges = Privileges.own(accounts);
        Who who = identities.resolve(spec.identity(), privileges, faults);
        Optional<Account> account = who.account();
        new LimitsCheck(tools, privileges, Planner::ownLimits, faults).check(spec.limits());
        if (spec.root() != null) {
            new RootCheck(tools, privileges, faults).check(spec, who);
        }
        checkTools(spec, account.isPresent() || privileges.extra(), faults);
        checkTexts(spec, faults);
        Path directory = spec.directory() == null ? Path.of("/") : spec.directory();
        checkDirectory(spec.root(), directory, faults);
        if (spec.backlog() < 1) {
            faults.add(Part.BACKLOG, "a backlog of " + spec.backlog() + " lets nobody connect; it must be 1 or more");
        }
        List<String> confinement = confinement(spec, faults);
        Optional<Path> program = new Programs(searchPath, access, spec.root()).find(spec.command(), account, faults);
        if (faults.size() > faultsBefore || program.isEmpty()) {
            return Optional.empty();
        }
        boolean privileged = account.isPresent() || privileges.extra();
        ExecChain.Dress dress = new ExecChain.Dress(
                account, privileged, spec.root(), directory, spec.limits(), niceStep(spec.limits()), confinement);
        return Optional.of(plan(spec, who, dress, program.get()));
    }

    /** Setpriv's options for it; empty where none is asked for, or where faults were added. */
    private List<String> confinement(LaunchSpec spec, Faults faults) {
        if (spec.enclosure() == null) {
            return List.of();
        }
        try {
            spec.enclosure().check();
            List<String> options = spec.enclosure().dress();
            if (options.isEmpty()) {
                throw new ConfinementException("there is no way to put a worker into \""
                        + spec.enclosure().domain() + "\"; it isn't run unconfined");
            }
            if (tools.setpriv().isEmpty()) {
                throw new ConfinementException(
                        "no program \"setpriv\" in PATH, by which a worker is confined; install util-linux"
                                + " (BusyBox's setpriv can't do it)");
            }
            return options;
        } catch (ConfinementException e) {
            faults.add(Part.CONFINEMENT, e.getMessage());
            return List.of();
        }
    }

    private static OwnLimits ownLimits() {
        try {
            return OwnLimits.now();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The tool can only add to what Hatter has; the kernel takes 20 for 19, as php-fpm's users expect. */
    private static int niceStep(Limits limits) {
        return limits.priority() == null
                ? 0
                : Math.min(limits.priority(), HIGHEST_NICE) - ownLimits().nice();
    }

    private LaunchPlan plan(LaunchSpec spec, Who who, ExecChain.Dress dress, Path program) {
        List<String> arguments = spec.command().subList(1, spec.command().size());
        Map<String, String> environment = new LinkedHashMap<>(spec.environment());
        who.named().ifPresent(user -> {
            environment.putIfAbsent("USER", user.name());
            environment.putIfAbsent("HOME", user.home());
        });
        ExecChain.Link first = new ExecChain(tools).build(dress, program, arguments, environment);
        Path start = dress.root() == null ? dress.directory() : dress.root();
        return new LaunchPlan(
                program.toString(),
                first.argv(),
                first.environment(),
                start,
                spec.limits().umask(),
                spec.limits().scheduling());
    }

    private void checkTools(LaunchSpec spec, boolean privileged, Faults faults) {
        if (privileged && tools.setpriv().isEmpty()) {
            faults.add(
                    Part.USER,
                    "no program \"setpriv\" in PATH, which takes Hatter's privileges from a worker; install util-linux"
                            + " (BusyBox's setpriv can't do it)");
        }
        if (!privileged && spec.enclosure() == null) {
            return;
        }
        spec.environment().keySet().stream()
                .filter(name -> ExecChain.isUnsafe(name) && tools.env().isEmpty())
                .forEach(name -> faults.add(
                        Part.ENVIRONMENT,
                        "no program \"env\" in PATH, which variable " + name
                                + " needs where Hatter has privileges or the worker is confined; install coreutils"));
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

    private static void checkDirectory(Path root, Path directory, Faults faults) {
        if (!directory.isAbsolute()) {
            faults.add(Part.DIRECTORY, "working directory \"" + directory + "\" isn't absolute; write the whole path");
        } else if (root == null) {
            checkDirectory(directory, faults);
        } else if (!isDirectoryIn(root, directory)) {
            faults.add(
                    Part.DIRECTORY,
                    "no such working directory \"" + directory + "\" inside of root directory \"" + root
                            + "\"; make it, or name another one");
        }
    }

    private static boolean isDirectoryIn(Path root, Path directory) {
        try {
            return Files.isDirectory(Chroot.resolve(root, directory));
        } catch (IOException e) {
            return false;
        }
    }

    private static void checkDirectory(Path directory, Faults faults) {
        if (!Files.exists(directory)) {
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
