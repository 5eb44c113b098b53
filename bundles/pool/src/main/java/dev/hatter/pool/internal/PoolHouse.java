// SPDX-License-Identifier: Apache-2.0
package dev.hatter.pool.internal;

import dev.hatter.fastcgi.transport.FrontDoor;
import dev.hatter.fastcgi.transport.RequestHandler;
import dev.hatter.pool.internal.settings.Hat;
import dev.hatter.pool.internal.settings.HouseSettings;
import dev.hatter.pool.internal.settings.InvalidSettingsException;
import dev.hatter.pool.internal.settings.LaunchSettings;
import dev.hatter.pool.internal.settings.ListenRights;
import dev.hatter.pool.internal.settings.PoolSettings;
import dev.hatter.pool.internal.worker.CrewContext;
import dev.hatter.pool.internal.worker.Starter;
import dev.hatter.process.Confinement;
import dev.hatter.process.Enclosure;
import dev.hatter.process.LaunchFault;
import dev.hatter.process.Launcher;
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one pool works with.
 *
 * @param house what it shares with the other pools
 * @param launcher starts processes
 * @param confinement the service, at this moment; null when there is none
 * @param serial this pool's turn on the threads that may block, one task after the other
 * @param turns the same on the few threads that start pools and write their states: with a thousand pools at once, states
 *     wait until all that could be started are
 * @param refusals is told why the newest configuration isn't in force, and null once it is again
 */
record PoolHouse(
        House house,
        Launcher launcher,
        Supplier<Confinement> confinement,
        Executor serial,
        Executor turns,
        Consumer<String> refusals) {
    private static final Logger LOG = LoggerFactory.getLogger(PoolHouse.class);

    PoolHouse(House house, Launcher launcher, Supplier<Confinement> confinement, Consumer<String> refusals) {
        this(
                house,
                launcher,
                confinement,
                new SerialExecutor(house.threads()),
                new SerialExecutor(house.starters()),
                refusals);
    }

    Loops loops() {
        return house.loops();
    }

    HouseSettings settings() {
        return house.settings();
    }

    CrewContext crewContext(String pool, EventLoop loop) {
        return new CrewContext(
                pool, loop, launcher, serial, loops().opener(loop), house.quota(), confinement, null, house::settings);
    }

    StatusFile statusFile(String pool) {
        return house.statusFiles().of(pool, turns);
    }

    /** Says, soon, why the newest configuration isn't in force; null once it is again. */
    void tellRefusal(String reason) {
        turns.execute(() -> refusals.accept(reason));
    }

    /** Says in the log which php.ini the workers take, if they are php-cgi. */
    void tellPhpIni(PoolSettings settings) {
        house.phpInis().tell(launcher, settings);
    }

    /** Finds what would keep the workers from starting. */
    void check(PoolSettings settings) throws InvalidSettingsException {
        String program = settings.launch().command().get(0);
        if (settings.launch().optional() && !isInstalled(program)) {
            throw new ProgramMissingException(program);
        }
        List<String> faults = new ArrayList<>(ListenRights.check(settings.listen()));
        Enclosure enclosure = enclosure(settings, faults);
        launcher
                .check(Starter.spec(settings.name(), settings.launch(), enclosure, (process, stream, line) -> {}))
                .stream()
                .map(fault -> entry(settings, fault.part()) + ": " + fault.text())
                .forEach(faults::add);
        if (!faults.isEmpty()) {
            throw new InvalidSettingsException(faults);
        }
    }

    /** What there is to be tried of the confinement; null for nothing. */
    private Enclosure enclosure(PoolSettings settings, List<String> faults) {
        Hat hat = settings.launch().hat();
        if (hat == null) {
            return null;
        }
        Confinement by = confinement.get();
        if (by == null) {
            // a pool that asks to be confined is never run unconfined
            faults.add("apparmor_hat = \"" + hat + "\": there is no confinement service, the log says why");
            return null;
        }
        String name = hat.varies() ? settings.run().hats().fallback() : hat.fixed();
        return name == null ? null : new Enclosure(by, name, hat.permissive());
    }

    /** The key that holds what is at fault, with its value. */
    private static String entry(PoolSettings settings, LaunchFault.Part part) {
        LaunchSettings launch = settings.launch();
        return switch (part) {
            case COMMAND -> "command = \"" + String.join(" ", launch.command()) + "\"";
            case ROOT -> "chroot = \"" + launch.chroot() + "\"";
            case DIRECTORY -> "chdir = \"" + launch.directory() + "\"";
            case USER ->
                launch.identity() == null
                        ? "user"
                        : "user = \"" + launch.identity().user() + "\"";
            case FILES -> "rlimit_files = \"" + launch.limits().files() + "\"";
            case CORE -> "rlimit_core";
            case PRIORITY -> "process.priority = \"" + launch.limits().priority() + "\"";
            case UMASK -> "umask";
            case CONFINEMENT ->
                launch.hat().varies()
                        ? "apparmor_hat.default = \"" + settings.run().hats().fallback() + "\""
                        : "apparmor_hat = \"" + launch.hat() + "\"";
            case GROUP -> "group = \"" + launch.identity().group() + "\"";
            case ENVIRONMENT -> "env[...]";
            case BACKLOG -> "worker.concurrency = \"" + launch.concurrency() + "\"";
        };
    }

    private static boolean isInstalled(String program) {
        if (program.indexOf('/') >= 0) {
            return Files.exists(Path.of(program));
        }
        String path = Objects.requireNonNullElse(System.getenv("PATH"), "");
        return Arrays.stream(path.split(":"))
                .filter(directory -> !directory.isEmpty())
                .anyMatch(directory -> Files.exists(Path.of(directory, program)));
    }

    /** Begins to listen. Blocks; not to be called on an event loop. */
    FrontDoor open(EventLoop loop, PoolSettings settings, RequestHandler handler) throws InvalidSettingsException {
        try {
            return FrontDoor.open(
                    loops().transport(),
                    loop,
                    settings.listen().address(),
                    ListenRights.resolve(settings.listen(), launcher),
                    handler);
        } catch (IOException e) {
            throw new InvalidSettingsException(
                    List.of("listen = \"" + settings.listen().address() + "\": " + e.getMessage()));
        }
    }

    /** Puts other rights and limits on an open door in force. */
    void apply(FrontDoor door, PoolSettings settings) {
        serial.execute(() -> {
            try {
                door.applySettings(ListenRights.resolve(settings.listen(), launcher));
            } catch (IOException e) {
                LOG.error("[pool {}] listen.*: {}", settings.name(), e.getMessage());
            }
        });
    }
}
