// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.applications.harness;

import static org.awaitility.Awaitility.await;

import dev.hatter.itests.peers.harness.Backend;
import dev.hatter.itests.peers.harness.Child;
import dev.hatter.itests.peers.harness.Logs;
import dev.hatter.itests.peers.harness.Machine;
import dev.hatter.itests.peers.harness.PhpFpm;
import dev.hatter.itests.peers.harness.Programs;
import dev.hatter.itests.peers.harness.Run;
import dev.hatter.itests.peers.harness.Scratch;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** An IMAP server with mail of its own, on a port of its own; everybody has the same password. */
public final class Dovecot implements AutoCloseable {
    private static final Duration TIME = Duration.ofSeconds(30);
    /** The directory, the port, whose the mail is, the password, who its processes are, the mail's group. */
    private static final String CONFIGURATION = """
            base_dir = %1$s/dovecot
            state_dir = %1$s/dovecot
            log_path = /dev/stderr
            protocols = imap
            listen = 127.0.0.1
            ssl = no
            disable_plaintext_auth = no
            mail_location = maildir:%1$s/mail/%%u
            first_valid_uid = 1
            first_valid_gid = 1
            %5$s
            passdb {
              driver = static
              args = password=%4$s
            }
            userdb {
              driver = static
              args = uid=%3$s gid=%6$d home=%1$s/mail/%%u
            }
            namespace inbox {
              inbox = yes
              mailbox Drafts {
                auto = create
                special_use = \\Drafts
              }
            }
            service imap-login {
              chroot =
              inet_listener imap {
                port = %2$d
              }
              inet_listener imaps {
                port = 0
              }
            }
            service anvil {
              chroot =
            }
            """;

    private final Child child;
    private final int port;

    private Dovecot(Child child, int port) {
        this.child = child;
        this.port = port;
    }

    /** The server's program; without it the test is skipped, or fails where {@code CI=true}. */
    public static Path program() {
        Programs.requireFile("/usr/lib/dovecot/imap", "dovecot-imapd");
        return Programs.require("dovecot", "dovecot-imapd");
    }

    /** Starts one for the mail in {@code mail/<user>} of that directory. */
    public static Dovecot start(Scratch scratch, String password) {
        int port = Machine.freePort();
        String owner = Machine.workerUser().orElse(Machine.me());
        Path conf = scratch.write(
                "dovecot.conf",
                CONFIGURATION.formatted(scratch.path(), port, owner, password, users(owner), Machine.groupOf(owner)));
        Trees.open(scratch.directory("mail"));
        List<String> command = List.of(program().toString(), "-F", "-c", conf.toString());
        Child child = Child.start("dovecot", scratch.path(), Map.of(), command);
        try {
            await().atMost(TIME)
                    .failFast("Dovecot has ended", () -> !child.isAlive())
                    .until(() -> PhpFpm.listens(new Backend.Tcp(port)));
            return new Dovecot(child, port);
        } catch (RuntimeException e) {
            child.close();
            throw new AssertionError("Dovecot doesn't start: " + Logs.tail(child.log()), e);
        }
    }

    /** Not as root its processes can't be users of their own. */
    private static String users(String me) {
        if (Machine.isRoot()) {
            return "";
        }
        String group = Run.check(TIME, "id", "-gn").strip();
        return "default_internal_user = %1$s\ndefault_login_user = %1$s\ndefault_internal_group = %2$s"
                .formatted(me, group);
    }

    public int port() {
        return port;
    }

    @Override
    public void close() {
        child.close();
    }
}
