// SPDX-License-Identifier: Apache-2.0
package dev.hatter.apparmor.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.stream.Stream;
import jnr.ffi.LastError;
import jnr.ffi.LibraryLoader;
import jnr.ffi.Pointer;
import jnr.ffi.Runtime;
import jnr.ffi.byref.PointerByReference;

/** libapparmor, loaded, in a kernel that has AppArmor enabled. */
final class Library implements Kernel {
    private static final Path PROFILES = Path.of("/sys/kernel/security/apparmor/profiles");
    private static final Path ENABLED = Path.of("/sys/module/apparmor/parameters/enabled");
    private static final Path ATTRIBUTE = Path.of("/proc/thread-self/attr/exec");

    private final LibApparmor apparmor;
    private final Free c;
    private final Runtime runtime;

    private Library(LibApparmor apparmor, Free c) {
        this.apparmor = apparmor;
        this.c = c;
        this.runtime = Runtime.getRuntime(apparmor);
    }

    /**
     * Loads it. In a kernel without AppArmor nothing is loaded: that is most of the time that it takes.
     *
     * @throws UnavailableException when there is no libapparmor, or no AppArmor in the kernel
     */
    static Library load() throws UnavailableException {
        // aa_is_enabled(2) looks at this first; a file that is hidden from us is its to judge
        if (Files.notExists(ENABLED)) {
            throw new UnavailableException(disabled(Errno.ENOSYS));
        }
        LibApparmor apparmor;
        Free c;
        try {
            apparmor = LibraryLoader.create(LibApparmor.class).failImmediately().load("apparmor");
            c = LibraryLoader.create(Free.class).failImmediately().load("c");
        } catch (LinkageError | RuntimeException e) {
            throw new UnavailableException("libapparmor.so.1 can't be loaded (" + e.getMessage()
                    + "); install libapparmor (Debian: libapparmor1) and start bundle dev.hatter.apparmor again");
        }
        Library library = new Library(apparmor, c);
        if (apparmor.aa_is_enabled() != 1) {
            throw new UnavailableException(disabled(library.errno()));
        }
        return library;
    }

    /** See aa_is_enabled(2). */
    private static String disabled(int errno) {
        String reason = "the kernel's AppArmor isn't enabled (" + Errno.words(errno) + "): ";
        return switch (errno) {
            case Errno.ENOSYS -> reason + "it was built without; boot one with AppArmor";
            case Errno.ECANCELED -> reason + "it was disabled at boot; boot with apparmor=1 security=apparmor";
            case Errno.ENOENT -> reason + "its interface isn't there; mount securityfs on /sys/kernel/security";
            case Errno.EACCES, Errno.EPERM ->
                reason + "Hatter may not look; its profile needs the rules \"@{PROC}/@{pid}/mounts r,\" and"
                        + " \"@{sys}/module/apparmor/parameters/enabled r,\"";
            default -> reason + "see aa_is_enabled(2)";
        };
    }

    private int errno() {
        return LastError.getLastError(runtime);
    }

    @Override
    public Label own() throws IOException {
        PointerByReference label = new PointerByReference();
        PointerByReference mode = new PointerByReference();
        return read(apparmor.aa_getcon(label, mode), label, mode, "aa_getcon");
    }

    @Override
    public Label of(long pid) throws IOException {
        PointerByReference label = new PointerByReference();
        PointerByReference mode = new PointerByReference();
        return read(apparmor.aa_gettaskcon((int) pid, label, mode), label, mode, "aa_gettaskcon " + pid);
    }

    /** The mode lies in the label's memory. */
    private Label read(int result, PointerByReference label, PointerByReference mode, String call) throws IOException {
        if (result < 0) {
            throw new IOException(call + ": " + Errno.words(errno()));
        }
        Pointer text = label.getValue();
        try {
            return new Label(
                    text.getString(0),
                    mode.getValue() == null ? null : mode.getValue().getString(0));
        } finally {
            c.free(text);
        }
    }

    /** The change is noted for the thread that asks, so it is one that ends with it and never starts a program. */
    @Override
    public int mayWear(String label) {
        byte[] bytes = (label + "\0").getBytes(StandardCharsets.UTF_8);
        int[] errno = new int[1];
        Thread asking = new Thread(
                () -> errno[0] = apparmor.aa_change_onexec(bytes) == 0 ? 0 : errno(), "hatter-apparmor-check");
        asking.start();
        boolean interrupted = false;
        while (true) {
            try {
                asking.join();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return errno[0];
    }

    @Override
    public boolean canAsk() {
        try {
            Files.newByteChannel(ATTRIBUTE, StandardOpenOption.WRITE).close();
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public Optional<String> modeOf(String label) {
        String start = label + " (";
        try (Stream<String> profiles = Files.lines(PROFILES)) {
            return profiles.filter(line -> line.startsWith(start) && line.endsWith(")"))
                    .map(line -> line.substring(start.length(), line.length() - 1))
                    .findFirst();
        } catch (IOException | UncheckedIOException e) {
            return Optional.empty();
        }
    }
}
