// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.applications;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hatter.itests.applications.harness.Comparison;
import dev.hatter.itests.applications.harness.Form;
import dev.hatter.itests.applications.harness.Normal;
import dev.hatter.itests.applications.harness.Page;
import dev.hatter.itests.applications.harness.PhpApplication;
import dev.hatter.itests.applications.harness.PhpModules;
import dev.hatter.itests.applications.harness.Trees;
import dev.hatter.itests.applications.harness.Visitor;
import dev.hatter.itests.peers.harness.FrontServer;
import dev.hatter.itests.peers.harness.Pattern;
import dev.hatter.itests.peers.harness.Programs;
import dev.hatter.itests.peers.harness.Scratch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Debian's DokuWiki, from its installer to the logout. */
class DokuWikiIT implements PhpApplication {
    private static final Path FILES = Path.of("/usr/share/dokuwiki");
    private static final Path DEFAULTS = Path.of("/etc/dokuwiki");
    private static final List<String> DATA =
            List.of("attic cache index locks log media media_attic media_meta meta pages tmp".split(" "));
    private static final String PASSWORD = "one for all hats";
    private static final int UPLOAD = 10 << 20;
    private static final Duration INDEXED = Duration.ofSeconds(20);

    @BeforeAll
    static void isInstalled() {
        Programs.requireFile(FILES + "/doku.php", "dokuwiki");
        PhpModules.require("xml", "php-xml");
    }

    static List<FrontServer> webServers() {
        return Comparison.webServers();
    }

    @ParameterizedTest
    @MethodSource("webServers")
    void noStepDiffers(FrontServer web) throws IOException {
        Comparison.noStepDiffers(this, web);
    }

    /** As its authors pack it: configuration and data below the document root. */
    @Override
    public Path install(Scratch scratch) throws IOException {
        Path wiki = scratch.directory("wiki");
        // the plugin of its own tests is for root alone
        Trees.copy(FILES, wiki, Trees.only("lang", "en").and(directory -> !directory.endsWith("plugins/testing")));
        Files.delete(wiki.resolve("inc/preload.php")); // sends it to Debian's directories
        Files.delete(wiki.resolve(".htaccess")); // for Apache with AllowOverride, which the sample hasn't
        Path conf = scratch.directory("wiki/conf");
        try (Stream<Path> files = Files.list(DEFAULTS)) {
            for (Path file : files.filter(DokuWikiIT::isDefault).toList()) {
                Files.write(conf.resolve(file.getFileName()), Files.readAllBytes(file));
            }
        }
        Trees.edit(conf.resolve("dokuwiki.php"), "/var/lib/dokuwiki/data", "./data");
        Trees.open(conf);
        for (String directory : DATA) {
            scratch.writable("wiki/data/" + directory);
        }
        scratch.writable("wiki/data");
        return wiki;
    }

    private static boolean isDefault(Path file) {
        String name = file.getFileName().toString();
        return Files.isRegularFile(file)
                && !name.endsWith(".auth.php")
                && !List.of("local.php", "plugins.local.php").contains(name);
    }

    @Override
    public Normal normal(Normal common) {
        return common.rule("\\bDW[0-9a-f]{32}", "DWHEX") // a cookie's name, of the wiki's directory
                .rule("(=YW5u%7C0%7C)[^;]+", "$1SECRET") // and its value, of ann's
                .rule("\\d+ (second|minute)s? ago", "AGO");
    }

    @Override
    public void visit(Site site) throws IOException {
        site.scratch().write("wiki/conf/local.protected.php", protectedSettings(site.front()));
        Visitor ann = site.visitor();
        setUp(ann);
        logIn(ann);
        edit(ann, site);
        search(ann);
        upload(ann, site);
        ann.open("configuration", "/doku.php?id=start&do=admin&page=config").shows("Configuration Manager", "</html>");
        logOut(ann);
        Visitor reader = site.visitor();
        reader.look("reader", "/doku.php?id=hats").shows("for ëvery <em>new</em> worker.");
        reader.open("feed", "/feed.php").shows("<rdf:RDF", "hats");
        reader.open("not allowed", "/doku.php?id=hats&do=edit")
                .shows("This page is read only.", "readonly=\"readonly\"");
    }

    /** Debian's nginx tells applications a host without its port; and nobody is to be asked for news. */
    private static String protectedSettings(FrontServer.Front front) {
        return "<?php\n$conf['baseurl'] = '" + front.uri("") + "';\n$conf['updatecheck'] = 0;\n";
    }

    private static void setUp(Visitor ann) {
        Page installer = ann.open("installer", "/install.php").shows("DokuWiki Installer", "Enable ACL");
        Form form = installer
                .form("d[title]")
                .with("d[title]", "Test Wiki")
                .with("d[superuser]", "ann")
                .with("d[fullname]", "Ann Admin")
                .with("d[email]", "ann@localhost")
                .with("d[password]", PASSWORD)
                .with("d[confirm]", PASSWORD)
                .with("d[policy]", "1") // everybody may read
                .with("submit", "");
        ann.submit("setup", installer, form).shows("The configuration was finished successfully.");
        ann.look("front page", "/doku.php").shows("Test Wiki", "This topic does not exist yet", "</html>");
    }

    private static void logIn(Visitor ann) {
        Page page = ann.open("login form", "/doku.php?id=start&do=login").shows("Username", "Password");
        Form form = page.form("name=\"p\"").with("u", "ann").with("p", PASSWORD);
        ann.submit("login", page, form).shows("Ann Admin", "do=logout");
    }

    private static void edit(Visitor ann, Site site) {
        save(ann, "A **hat** for ëvery worker.").shows("A <strong>hat</strong> for ëvery worker.");
        save(ann, "A **hat** for ëvery //new// worker.").shows("for ëvery <em>new</em> worker.");
        ann.look("the page", "/doku.php?id=hats").shows("for ëvery <em>new</em> worker.");
        // one of its images is a script that answers and then goes on: it makes the index
        await("the page's index")
                .atMost(INDEXED)
                .until(() -> Files.exists(site.root().resolve("data/meta/hats.indexed")));
    }

    private static Page save(Visitor ann, String text) {
        Page page = ann.open("edit", "/doku.php?id=hats&do=edit");
        Form form = page.form("<textarea")
                .with("wikitext", "====== Hats ======\n" + text + "\n")
                .with("do[save]", "1");
        return ann.submit("save", page, form);
    }

    private static void search(Visitor ann) {
        ann.open("search", "/doku.php?do=search&q=worker")
                .shows("hats", "<strong class=\"search_hit\">worker</strong>");
        ann.open("search in vain", "/doku.php?do=search&q=helmet").shows("Nothing was found.");
    }

    private static void upload(Visitor ann, Site site) throws IOException {
        byte[] file = Pattern.stream(UPLOAD).readAllBytes();
        Page page = ann.open("media", "/lib/exe/mediamanager.php?ns=").shows("Upload max. 16\u00a0MB per file");
        Form form = page.form("name=\"upload\"").with("mediaid", "hat.pdf");
        ann.upload("upload", page, form, "upload", "hat.pdf", file).shows("Upload successful", "hat.pdf");
        assertThat(site.root().resolve("data/media/hat.pdf")).hasBinaryContent(file);
        assertThat(ann.open("download", "/lib/exe/fetch.php?media=hat.pdf").body())
                .isEqualTo(file);
    }

    private static void logOut(Visitor ann) {
        Page page = ann.open("logged in", "/doku.php?id=hats").shows("do=logout");
        String token = page.find("do=logout&amp;sectok=([0-9a-f]+)");
        Page after = ann.open("logout", "/doku.php?id=hats&do=logout&sectok=" + token)
                .shows("do=login");
        assertThat(after.text()).doesNotContain("Ann Admin");
    }
}
