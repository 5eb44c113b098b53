// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.applications;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hatter.itests.applications.harness.Comparison;
import dev.hatter.itests.applications.harness.Dovecot;
import dev.hatter.itests.applications.harness.Form;
import dev.hatter.itests.applications.harness.Normal;
import dev.hatter.itests.applications.harness.Page;
import dev.hatter.itests.applications.harness.PhpApplication;
import dev.hatter.itests.applications.harness.PhpModules;
import dev.hatter.itests.applications.harness.Trees;
import dev.hatter.itests.applications.harness.Visitor;
import dev.hatter.itests.peers.harness.All;
import dev.hatter.itests.peers.harness.FrontServer;
import dev.hatter.itests.peers.harness.Pattern;
import dev.hatter.itests.peers.harness.Programs;
import dev.hatter.itests.peers.harness.Scratch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Debian's Roundcube with SQLite and a Dovecot of its own. */
@Tag(All.TAG)
class RoundcubeIT implements PhpApplication {
    private static final Path FILES = Path.of("/usr/share/roundcube");
    private static final Path DEFAULTS = Path.of("/etc/roundcube");
    private static final int UPLOAD = 10 << 20;
    private static final String PASSWORD = "one-for-all-hats";
    private static final String MAIL = """
            From: Bob <bob@localhost>
            To: Ann <ann@localhost>
            Subject: Your new hat
            Date: Sat, 03 Oct 2026 10:00:00 +0000
            Message-ID: <hat@localhost>
            Content-Type: text/plain; charset=utf-8
            Content-Transfer-Encoding: 8bit

            It is grün.
            """;
    private static final String SETTINGS = """
            <?php
            $config['db_dsnw'] = 'sqlite:///%1$s/roundcube.db?mode=0666';
            $config['imap_host'] = '127.0.0.1:%2$d';
            $config['smtp_host'] = '';
            $config['des_key'] = '0123456789abcdef01234567';
            $config['log_dir'] = '%1$s/logs';
            $config['temp_dir'] = '%1$s/tmp';
            $config['language'] = 'en_US';
            $config['enable_spellcheck'] = false;
            $config['enable_installer'] = %3$s;
            """;

    @BeforeAll
    static void isInstalled() {
        Programs.requireFile(FILES + "/index.php", "roundcube-core");
        PhpModules.require("mbstring", "php-mbstring");
        PhpModules.require("intl", "php-intl");
        PhpModules.require("pdo_sqlite", "php-sqlite3");
        Dovecot.program();
    }

    static List<FrontServer> webServers() {
        return Comparison.webServers();
    }

    @ParameterizedTest
    @MethodSource("webServers")
    void noStepDiffers(FrontServer web) throws IOException {
        Comparison.noStepDiffers(this, web);
    }

    @Override
    public Path install(Scratch scratch) throws IOException {
        Path root = scratch.directory("roundcube");
        Trees.copy(FILES, root, Trees.only("localization", "en_US").and(Trees.only("i18n", "en")));
        for (String file : List.of("program/include/iniset.php", "installer/index.php")) {
            Trees.edit(root.resolve(file), "/var/lib/roundcube/", root + "/");
        }
        Path conf = scratch.directory("roundcube/config");
        for (String file : List.of("defaults.inc.php", "mimetypes.php")) {
            Files.write(conf.resolve(file), Files.readAllBytes(DEFAULTS.resolve(file)));
        }
        scratch.writable("logs");
        scratch.writable("tmp");
        scratch.write("mail/ann/new/1.hat", MAIL);
        return root;
    }

    @Override
    public Normal normal(Normal common) {
        return common.rule("(_token(=|\":\"|\" value=\"))\\w+", "$1TOKEN")
                .rule("(roundcube_sess(id|auth)=)[^;]+", "$1SECRET")
                .rule("(\"user_id\":\")\\w+", "$1ID")
                .rule("rcmfile\\d+", "rcmfileN")
                .rule("Today \\d\\d:\\d\\d", "TODAY")
                .rule("127\\.0\\.0\\.1:\\d+", "IMAP");
    }

    @Override
    public void visit(Site site) throws IOException {
        try (Dovecot dovecot = Dovecot.start(site.scratch(), PASSWORD)) {
            Visitor ann = site.visitor();
            setUp(ann, site, dovecot);
            String token = logIn(ann);
            ann.send("X-Roundcube-Request", token);
            read(ann);
            search(ann);
            write(ann, token);
            prefer(ann);
            logOut(ann, token);
        }
    }

    private static void settings(Site site, Dovecot dovecot, boolean installer) {
        String settings = SETTINGS.formatted(site.scratch().path(), dovecot.port(), installer);
        site.scratch().write("roundcube/config/config.inc.php", settings);
    }

    private static void setUp(Visitor ann, Site site, Dovecot dovecot) {
        settings(site, dovecot, true);
        ann.open("environment", "/installer/index.php?_step=1").shows("Checking PHP version");
        // SQLite's tables are made at the first look
        Page page = ann.look("installer", "/installer/index.php?_step=3").shows("DB Schema", "DB Write");
        Form form = page.form("imaptest")
                .with("_user", "ann")
                .with("_pass", PASSWORD)
                .with("imaptest", "Check login");
        ann.submit("try IMAP", page, form).shows("IMAP connect");
        settings(site, dovecot, false);
    }

    private static String logIn(Visitor ann) {
        Page page = ann.look("login form", "/index.php").shows("Roundcube Webmail Login");
        Form form = page.form("_pass").with("_user", "ann").with("_pass", "wrong");
        page = ann.submit("wrong password", page, form);
        form = page.form("_pass").with("_user", "ann").with("_pass", PASSWORD);
        page = ann.submit("login", page, form).shows("INBOX", "Compose");
        ann.look("inbox", "/?_task=mail&_mbox=INBOX").shows("Inbox");
        return page.find("\"request_token\":\"(\\w+)\"");
    }

    private static void read(Visitor ann) {
        ann.open("list", "/?_task=mail&_action=list&_mbox=INBOX&_remote=1").shows("Your new hat", "Bob");
        ann.look("message", "/?_task=mail&_action=show&_mbox=INBOX&_uid=1").shows("It is grün.", "bob@localhost");
        ann.open("source", "/?_task=mail&_action=viewsource&_mbox=INBOX&_uid=1").shows("Message-ID: <hat@localhost>");
    }

    private static void search(Visitor ann) {
        String search = "/?_task=mail&_action=search&_mbox=INBOX&_headers=subject&_scope=base&_remote=1&_q=";
        ann.open("search", search + "hat").shows("Your new hat");
        ann.open("search in vain", search + "helmet").shows("Search returned no matches");
    }

    private static void write(Visitor ann, String token) throws IOException {
        byte[] file = Pattern.stream(UPLOAD).readAllBytes();
        Page page = ann.look("compose", "/?_task=mail&_action=compose").shows("_subject");
        String id = page.find("\"compose_id\":\"(\\w+)\"");
        Form attach = Form.to("/?_task=mail&_action=upload&_id=" + id + "&_uploadid=upload1&_remote=1&_from=compose")
                .with("_token", token);
        Page attached = ann.upload("attach", page, attach, "_attachments[]", "hat.bin", file)
                .shows("hat.bin");
        String number = attached.find("rcmfile(\\w+)");
        String display = "/?_task=mail&_action=display-attachment&_id=" + id + "&_file=rcmfile" + number;
        assertThat(ann.open("attachment", display).body()).isEqualTo(file);
        Form form = page.form("_subject")
                .with("_to", "bob@example.org")
                .with("_subject", "Re: Your new hat")
                .with("_message", "Thank you. It fits.")
                .with("_attachments", number)
                .with("_draft", "1");
        ann.submit("save", page, form).shows("Message saved to Drafts");
        ann.open("drafts", "/?_task=mail&_action=list&_mbox=Drafts&_remote=1").shows("Re: Your new hat");
        ann.open("draft", "/?_task=mail&_action=show&_mbox=Drafts&_uid=1").shows("It fits.", "hat.bin");
        String part = "/?_task=mail&_action=get&_mbox=Drafts&_uid=1&_part=2&_download=1";
        assertThat(ann.open("attachment of the draft", part).body()).isEqualTo(file);
    }

    private static void prefer(Visitor ann) {
        ann.look("settings", "/?_task=settings").shows("Preferences");
        Page page = ann.open("preferences", "/?_task=settings&_action=edit-prefs&_section=general")
                .shows("_timezone");
        ann.submit("save preferences", page, page.form("_timezone").with("_pagesize", "20"))
                .shows("Successfully saved");
    }

    private static void logOut(Visitor ann, String token) {
        ann.open("logout", "/?_task=logout&_token=" + token).shows("You have successfully terminated the session");
        ann.open("logged out", "/?_task=mail").shows("_pass");
    }
}
