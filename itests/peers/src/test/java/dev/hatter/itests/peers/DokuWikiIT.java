// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.peers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hatter.itests.peers.harness.Backend;
import dev.hatter.itests.peers.harness.Browser;
import dev.hatter.itests.peers.harness.FrontServer;
import dev.hatter.itests.peers.harness.Hatter;
import dev.hatter.itests.peers.harness.Logs;
import dev.hatter.itests.peers.harness.Nginx;
import dev.hatter.itests.peers.harness.Pattern;
import dev.hatter.itests.peers.harness.Pool;
import dev.hatter.itests.peers.harness.Programs;
import dev.hatter.itests.peers.harness.Scratch;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A real PHP application, Debian's DokuWiki, through nginx and Hatter, with data of its own. */
class DokuWikiIT {
    private static final String USERS = "admin:5f4dcc3b5aa765d61d8327deb882cf99:Ann Admin:ann@localhost:admin,user\n";
    private static final String PASSWORD = "password"; // whose MD5 is above
    private static final String ACL = "* @ALL 1\n* @user 8\n";
    private static final List<String> DATA =
            List.of("attic cache index locks log media media_attic media_meta meta pages tmp".split(" "));

    private static Scratch scratch;
    private static Hatter hatter;
    private static FrontServer.Front front;

    @BeforeAll
    static void start() throws IOException {
        Path root =
                Programs.requireFile("/usr/share/dokuwiki/doku.php", "dokuwiki").getParent();
        scratch = Scratch.create();
        configure();
        Backend listen = new Backend.Unix(scratch.path().resolve("wiki.sock"));
        Pool pool = Pool.php("wiki", listen, 4);
        String preload = scratch.path().resolve("preload.php").toString();
        String php = Programs.require("php-cgi", "php-cgi") + " -d auto_prepend_file=" + preload;
        hatter = Hatter.start("dokuwiki", pool.with("command", php).with("catch_workers_output", "yes"));
        front = new Nginx().start(new FrontServer.Site(root, listen));
        settings();
    }

    @AfterAll
    static void stop() {
        try (Scratch deleted = scratch;
                Hatter stopped = hatter;
                FrontServer.Front ended = front) {
            Logs.say("stopping");
        }
    }

    private static void configure() throws IOException {
        try (InputStream preload = DokuWikiIT.class.getResourceAsStream("/dokuwiki/preload.php")) {
            Files.copy(preload, scratch.path().resolve("preload.php"));
        }
        Path conf = scratch.directory("conf");
        try (Stream<Path> files = Files.list(Path.of("/etc/dokuwiki"))) {
            for (Path file : files.filter(DokuWikiIT::isDefault).toList()) {
                Files.copy(file, conf.resolve(file.getFileName()));
            }
        }
        for (String directory : DATA) {
            scratch.writable("data/" + directory);
        }
        scratch.writable("data");
        scratch.write("conf/acl.auth.php", "# <?php exit()?>\n" + ACL);
        scratch.write("conf/users.auth.php", "# <?php exit()?>\n" + USERS);
    }

    /** The base URL is said, as Debian's nginx tells applications a host without the port. */
    private static void settings() {
        scratch.write(
                "conf/local.php",
                "<?php\n$conf['title'] = 'Test Wiki';\n$conf['useacl'] = 1;\n$conf['superuser'] = '@admin';\n"
                        + "$conf['savedir'] = '" + scratch.path().resolve("data") + "';\n"
                        + "$conf['baseurl'] = '" + front.uri("") + "';\n");
    }

    private static boolean isDefault(Path file) {
        String name = file.getFileName().toString();
        return Files.isRegularFile(file) && !name.equals("local.php") && !name.endsWith(".auth.php");
    }

    @Test
    void aPersonReadsLogsInEditsAndUploads() throws IOException {
        Browser browser = new Browser();
        assertThat(browser.page(front.uri("/doku.php"))).contains("Test Wiki").contains("</html>");
        Logs.say("      front page");
        login(browser);
        edit(browser);
        upload(browser);
    }

    private static void login(Browser browser) {
        String form = browser.page(front.uri("/doku.php?id=start&do=login"));
        Map<String, String> fields =
                Map.of("sectok", token(form), "id", "start", "do", "login", "u", "admin", "p", PASSWORD);
        assertThat(browser.submit(front.uri("/doku.php?id=start&do=login"), fields))
                .contains("Ann Admin")
                .contains("do=logout");
        Logs.say("      login");
    }

    private static void edit(Browser browser) throws IOException {
        String form = browser.page(front.uri("/doku.php?id=hats&do=edit"));
        Map<String, String> fields = Map.of(
                "sectok", token(form),
                "id", "hats",
                "rev", "0",
                "date", "",
                "prefix", ".",
                "suffix", "",
                "changecheck", "",
                "target", "section",
                "wikitext", "====== Hats ======\nA **hat** for ëvery worker.\n",
                "do[save]", "1");
        assertThat(browser.submit(front.uri("/doku.php?id=hats"), fields))
                .contains("A <strong>hat</strong> for ëvery worker.");
        assertThat(scratch.path().resolve("data/pages/hats.txt")).content().contains("**hat**");
        assertThat(new Browser().page(front.uri("/doku.php?id=hats"))).contains("<strong>hat</strong>");
        Logs.say("      edit");
    }

    private static void upload(Browser browser) throws IOException {
        byte[] file = Pattern.stream(300_000).readAllBytes();
        String manager = browser.page(front.uri("/lib/exe/mediamanager.php?ns="));
        Map<String, String> fields = Map.of("sectok", token(manager), "ns", "", "mediaid", "hat.pdf", "ow", "1");
        browser.upload(front.uri("/lib/exe/mediamanager.php?ns="), fields, "upload", "hat.pdf", file);
        assertThat(scratch.path().resolve("data/media/hat.pdf")).hasBinaryContent(file);
        assertThat(browser.bytes(front.uri("/lib/exe/fetch.php?media=hat.pdf"))).isEqualTo(file);
        Logs.say("      media upload");
    }

    /** The security token that a form of DokuWiki carries. */
    private static String token(String page) {
        Matcher matcher = java.util.regex.Pattern.compile("name=\"sectok\" value=\"([^\"]*)\"")
                .matcher(page);
        assertThat(matcher.find()).as("a form with a token in %s", page).isTrue();
        return matcher.group(1);
    }
}
