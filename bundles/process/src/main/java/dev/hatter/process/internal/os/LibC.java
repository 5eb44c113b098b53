// SPDX-License-Identifier: Apache-2.0
package dev.hatter.process.internal.os;

import jnr.ffi.Pointer;
import jnr.ffi.annotations.In;
import jnr.ffi.annotations.Out;

/**
 * The calls of the C library that this bundle makes. Only {@link Native} and its neighbours see it: they check every
 * return code. An interface of our own because the full POSIX binding costs 15 MB of memory and 0.3 s at first use.
 * Strings are bytes that end with 0, see {@link CStrings}.
 */
public interface LibC {
    int open(@In byte[] path, int flags, int mode);

    int close(int fd);

    long read(int fd, Pointer buffer, long length);

    long write(int fd, Pointer buffer, long length);

    int fcntl(int fd, int command, int argument);

    int flock(int fd, int operation);

    int pipe2(@Out int[] ends, int flags);

    int eventfd(int initial, int flags);

    int epoll_create1(int flags);

    int epoll_ctl(int epoll, int operation, int fd, Pointer event);

    int epoll_wait(int epoll, Pointer events, int count, int timeoutMillis);

    int unshare(int flags);

    int umask(int mask);

    int sched_getscheduler(int pid);

    int sched_getparam(int pid, @Out Pointer param);

    int sched_setscheduler(int pid, int policy, Pointer param);

    int socket(int domain, int type, int protocol);

    int bind(int fd, Pointer address, int length);

    int listen(int fd, int backlog);

    int kill(int pid, int signal);

    int waitpid(int pid, @Out int[] status, int options);

    int waitid(int idType, int id, Pointer info, int options);

    long syscall(long number, long a, long b, long c, long d);

    Pointer signal(int signal, Pointer handler);

    Pointer strerror(int errno);

    int geteuid();

    int getegid();

    int getpwnam_r(@In byte[] name, Pointer entry, Pointer buffer, long length, Pointer result);

    int getpwuid_r(int uid, Pointer entry, Pointer buffer, long length, Pointer result);

    int getgrnam_r(@In byte[] name, Pointer entry, Pointer buffer, long length, Pointer result);

    int getgrouplist(@In byte[] user, int group, Pointer groups, Pointer count);

    long getxattr(@In byte[] path, @In byte[] name, Pointer value, long size);

    int posix_spawn(@Out int[] pid, @In byte[] path, Pointer actions, Pointer attributes, Pointer argv, Pointer envp);

    int posix_spawnattr_init(Pointer attributes);

    int posix_spawnattr_destroy(Pointer attributes);

    int posix_spawnattr_setflags(Pointer attributes, short flags);

    int posix_spawnattr_setsigmask(Pointer attributes, Pointer set);

    int posix_spawnattr_setsigdefault(Pointer attributes, Pointer set);

    int posix_spawn_file_actions_init(Pointer actions);

    int posix_spawn_file_actions_destroy(Pointer actions);

    int posix_spawn_file_actions_adddup2(Pointer actions, int fd, int target);

    int posix_spawn_file_actions_addclosefrom_np(Pointer actions, int from);

    int posix_spawn_file_actions_addchdir_np(Pointer actions, @In byte[] path);
}
