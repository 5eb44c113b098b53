// SPDX-License-Identifier: Apache-2.0
package dev.hatter.process.internal.os;

import dev.hatter.process.UserEntry;
import java.lang.ref.Reference;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import jnr.ffi.Pointer;

/** The machine's users and groups, from wherever nsswitch.conf has them. */
public final class Accounts {
    private static final int ENTRY_SIZE = 64;
    // struct passwd: name, passwd, uid, gid; struct group: name, passwd, gid
    private static final int PW_NAME = 0;
    private static final int PW_UID = 16;
    private static final int PW_GID = 20;
    private static final int PW_DIR = 32;
    private static final int GR_GID = 16;

    private static final int FIRST_BUFFER = 4096;
    private static final int LARGEST_BUFFER = 16 << 20;
    private static final int MOST_GROUPS = 65536; // NGROUPS_MAX

    private final Native os;

    public Accounts(Native os) {
        this.os = os;
    }

    @FunctionalInterface
    private interface Lookup {
        int call(Pointer entry, Pointer buffer, long length, Pointer result);
    }

    @FunctionalInterface
    private interface Reader<T> {
        T read(Pointer entry);
    }

    public int ownUid() {
        return os.c.geteuid();
    }

    public int ownGid() {
        return os.c.getegid();
    }

    public Optional<UserEntry> user(String name) throws SystemCallException {
        byte[] bytes = CStrings.of(name);
        return find("getpwnam_r", name, (e, b, l, r) -> os.c.getpwnam_r(bytes, e, b, l, r), Accounts::readUser);
    }

    public Optional<UserEntry> user(int uid) throws SystemCallException {
        return find("getpwuid_r", uid, (e, b, l, r) -> os.c.getpwuid_r(uid, e, b, l, r), Accounts::readUser);
    }

    public OptionalInt group(String name) throws SystemCallException {
        byte[] bytes = CStrings.of(name);
        Optional<Integer> gid =
                find("getgrnam_r", name, (e, b, l, r) -> os.c.getgrnam_r(bytes, e, b, l, r), e -> e.getInt(GR_GID));
        return gid.map(OptionalInt::of).orElseGet(OptionalInt::empty);
    }

    /** All groups of a user, that one included. */
    public Set<Integer> groups(String user, int gid) throws SystemCallException {
        byte[] name = CStrings.of(user);
        Pointer count = os.allocate(Integer.BYTES);
        for (int room = 64; room <= MOST_GROUPS; room *= 4) {
            Pointer groups = os.allocate(room * Integer.BYTES);
            count.putInt(0, room);
            if (os.c.getgrouplist(name, gid, groups, count) >= 0) {
                return readGroups(groups, count.getInt(0));
            }
        }
        throw os.failed(Native.ERANGE, "getgrouplist", user);
    }

    private static Set<Integer> readGroups(Pointer groups, int count) {
        Set<Integer> result = new LinkedHashSet<>();
        for (int i = 0; i < count; i++) {
            result.add(groups.getInt((long) i * Integer.BYTES));
        }
        return result;
    }

    private static UserEntry readUser(Pointer entry) {
        return new UserEntry(
                entry.getPointer(PW_NAME).getString(0),
                entry.getInt(PW_UID),
                entry.getInt(PW_GID),
                entry.getPointer(PW_DIR).getString(0));
    }

    private <T> Optional<T> find(String call, Object subject, Lookup lookup, Reader<T> reader)
            throws SystemCallException {
        Pointer entry = os.allocate(ENTRY_SIZE);
        Pointer result = os.allocate(Long.BYTES);
        int errno = Native.ERANGE;
        for (int room = FIRST_BUFFER; errno == Native.ERANGE && room <= LARGEST_BUFFER; room *= 4) {
            Pointer buffer = os.allocate(room);
            errno = lookup.call(entry, buffer, room, result);
            Optional<T> found = result.getAddress(0) == 0 ? Optional.empty() : Optional.of(reader.read(entry));
            Reference.reachabilityFence(buffer); // the entry points into it
            if (found.isPresent()) {
                return found;
            }
        }
        return notFound(errno, call, subject);
    }

    // getpwnam(3): "0 or ENOENT or ESRCH or EBADF or EPERM or ... The given name or uid was not found"
    private <T> Optional<T> notFound(int errno, String call, Object subject) throws SystemCallException {
        if (errno == 0 || errno <= Native.ESRCH || errno == Native.EBADF) {
            return Optional.empty();
        }
        throw os.failed(errno, call, subject);
    }
}
