// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.applications;

import dev.hatter.itests.applications.harness.Comparison;
import dev.hatter.itests.applications.harness.Form;
import dev.hatter.itests.applications.harness.MariaDb;
import dev.hatter.itests.applications.harness.Normal;
import dev.hatter.itests.applications.harness.Page;
import dev.hatter.itests.applications.harness.PhpApplication;
import dev.hatter.itests.applications.harness.PhpModules;
import dev.hatter.itests.applications.harness.Trees;
import dev.hatter.itests.applications.harness.Visitor;
import dev.hatter.itests.peers.harness.All;
import dev.hatter.itests.peers.harness.FrontServer;
import dev.hatter.itests.peers.harness.Programs;
import dev.hatter.itests.peers.harness.Scratch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Debian's phpMyAdmin with a MariaDB of its own. */
@Tag(All.TAG)
class PhpMyAdminIT implements PhpApplication {
    private static final Path FILES = Path.of("/usr/share/phpmyadmin");
    private static final int IMPORT = 10 << 20;
    private static final int ROWS = 500;
    private static final String PASSWORD = "one for all hats";

    @BeforeAll
    static void isInstalled() {
        Programs.requireFile(FILES + "/index.php", "phpmyadmin");
        PhpModules.require("mysqli", "php-mysql");
        PhpModules.require("mbstring", "php-mbstring");
        MariaDb.program();
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
        Path root = scratch.directory("phpmyadmin");
        Trees.copy(FILES, root, directory -> !directory.startsWith("doc") && !directory.startsWith("locale"));
        Path temporary = scratch.writable("tmp");
        Path settings = scratch.write("config.inc.php", """
                <?php
                $cfg['blowfish_secret'] = '0123456789abcdef0123456789abcdef';
                $cfg['Servers'][1]['auth_type'] = 'cookie';
                $cfg['Servers'][1]['host'] = 'localhost';
                $cfg['Servers'][1]['socket'] = '%s';
                """.formatted(MariaDb.socket(scratch)));
        Path vendor = root.resolve("libraries/vendor_config.php");
        Trees.edit(vendor, "/var/lib/phpmyadmin/tmp/", temporary + "/");
        Trees.edit(vendor, "/etc/phpmyadmin/config.inc.php", settings.toString());
        return root;
    }

    @Override
    public Normal normal(Normal common) {
        return common.rule("(pma(User|Auth)-1=)[^;]+", "$1SECRET")
                .rule("\\b\\d+\\.\\d+ seconds", "N seconds")
                // a random number tells the tables of a page apart
                .rule("(\\b(?:id|for|data-for|data-uniqueId)=\"[A-Za-z_]*)\\d+", "$1N")
                .rule("Generation Time: .*", "Generation Time: DATE");
    }

    @Override
    public void visit(Site site) throws IOException {
        try (MariaDb database = MariaDb.start(site.scratch(), PASSWORD)) {
            Visitor ann = site.visitor();
            logIn(ann);
            setUp(ann);
            insert(ann);
            load(ann);
            search(ann);
            dump(ann);
            logOut(ann);
        }
    }

    private static void logIn(Visitor ann) {
        Page page = ann.look("login form", "/index.php").shows("Welcome to", "</html>");
        Form form = page.form("pma_password").with("pma_username", "ann").with("pma_password", "wrong");
        ann.submit("wrong password", page, form).shows("Access denied for user");
        page = ann.open("once more", "/index.php");
        form = page.form("pma_password").with("pma_username", "ann").with("pma_password", PASSWORD);
        ann.submit("login", page, form).shows("ann@localhost");
        ann.look("front page", "/index.php?route=/").shows("Database server", "</html>");
    }

    private static void setUp(Visitor ann) {
        Page page = ann.open("databases", "/index.php?route=/server/databases").shows("Create database");
        Form form = page.form("new_db").with("new_db", "shop").with("ajax_request", "true");
        ann.submit("create database", page, form).shows("Database shop has been created.");
        page = ann.look("SQL", "/index.php?route=/database/sql&db=shop").shows("Run SQL query");
        form = page.form("sql_query")
                .with("sql_query", "CREATE TABLE hats (id INT PRIMARY KEY AUTO_INCREMENT, colour VARCHAR(40))")
                .with("ajax_request", "true");
        ann.submit("create table", page, form).shows("MySQL returned an empty result set");
    }

    private static void insert(Visitor ann) {
        Page page = ann.open("insert form", "/index.php?route=/table/change&db=shop&table=hats")
                .shows("colour");
        Form form = page.form("multi_edit").with("fields[multi_edit][0][" + md5("colour") + "]", "grün");
        ann.submit("insert", page, form).shows("1 row inserted");
        ann.look("browse", "/index.php?route=/sql&db=shop&table=hats&pos=0").shows("grün");
    }

    private static void load(Visitor ann) {
        Page page = ann.open("import form", "/index.php?route=/database/import&db=shop")
                .shows("16MiB");
        Form form = page.form("import_file").with("ajax_request", "true");
        ann.upload("import", page, form, "import_file", "wool.sql", statements())
                .shows("Import has been successfully finished");
    }

    private static void search(Visitor ann) {
        Page page = ann.open("search form", "/index.php?route=/database/search&db=shop")
                .shows("Search in database");
        Form form = page.form("criteriaSearchString")
                .with("criteriaSearchString", "wool 4711")
                .with("submit_search", "Go")
                .with("ajax_request", "true");
        ann.submit("search", page, form).shows("match");
    }

    private static void dump(Visitor ann) {
        Page page = ann.open("export form", "/index.php?route=/database/export&db=shop")
                .shows("Export method");
        ann.submit("export", page, page.form("quick_or_custom")).shows("CREATE TABLE `wool`", "grün");
    }

    private static void logOut(Visitor ann) {
        Page page = ann.open("still logged in", "/index.php?route=/").shows("route=/logout");
        Form form = Form.to("index.php?route=/logout").with("token", page.find("token:\"([^\"]+)\""));
        ann.submit("logout", page, form);
        ann.open("logged out", "/index.php?route=/server/databases").shows("pma_password");
    }

    /** {@value #IMPORT} bytes of SQL. */
    private static byte[] statements() {
        StringBuilder sql = new StringBuilder("CREATE TABLE wool (id INT PRIMARY KEY, label TEXT);\n");
        for (int id = 0; sql.length() < IMPORT; id += ROWS) {
            sql.append(IntStream.range(id, id + ROWS)
                    .mapToObj(row -> "(" + row + ", 'wool " + row + " " + "w".repeat(80) + "')")
                    .collect(Collectors.joining(",\n", "INSERT INTO wool VALUES\n", ";\n")));
        }
        return sql.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String md5(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has MD5", e);
        }
    }
}
