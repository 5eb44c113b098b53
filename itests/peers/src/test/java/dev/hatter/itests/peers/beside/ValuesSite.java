// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.peers.beside;

import dev.hatter.itests.peers.harness.Run;
import dev.hatter.itests.peers.harness.Scratch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The files behind the questions: the script {@code values.php} wherever one leads. */
public final class ValuesSite {
    private static final List<String> SCRIPTS = List.of(
            "www/values.php",
            "www/values.PHP",
            "www/values.php5",
            "www/values.phar",
            "www/picture.jpg",
            "www/unreadable.php",
            "www/index.php",
            "www/sub/index.php",
            "www/sub/values.php",
            "www/sp ace/values.php",
            "www/\u00fcml/values.php",
            "www/a+b/values.php",
            "www/directory.php/values.php",
            "www/translated/values.php",
            "www/unsplit/values.php",
            "www/unsplit/a b/values.php",
            "www/told/values.php",
            "www/bare/values.php",
            "www/vars/values.php",
            "www/front/index.php",
            "www/query/index.php",
            "www/info/index.php",
            "www/perdir/index.php",
            "www/fallback/index.php",
            "other/values.php");

    private static final String UNLESS_FILE = "RewriteEngine On\nRewriteCond %{REQUEST_FILENAME} !-f\n";

    private ValuesSite() {}

    /** Makes it and returns the document root. */
    public static Path create(Scratch scratch) {
        String script = Wiring.text("/values/values.php");
        SCRIPTS.forEach(at -> scratch.write(at, script));
        Path root = scratch.path().resolve("www");
        Scratch.setMode(root.resolve("unreadable.php"), "-wx------");
        link(root.resolve("link.php"), "values.php");
        link(root.resolve("link"), "sub");
        link(root.resolve("real"), "sub");
        notUtf8(root);
        scratch.write("www/sub/.user.ini", "memory_limit = 77M\nuser_agent = \"of .user.ini\"\n");
        scratch.write("www/front/.htaccess", UNLESS_FILE + "RewriteRule . index.php [L]\n");
        scratch.write("www/query/.htaccess", UNLESS_FILE + "RewriteRule ^(.*)$ index.php?path=$1 [L,QSA,B]\n");
        scratch.write("www/perdir/.htaccess", UNLESS_FILE + "RewriteRule ^(.*)$ index.php/$1 [L,QSA]\n");
        scratch.write(
                "www/info/.htaccess",
                "RewriteBase /info/\n" + UNLESS_FILE
                        + "RewriteRule ^(.*)$ /info/index.php/$1 [L,E=RULE:%{REQUEST_URI}]\n");
        scratch.write("www/fallback/.htaccess", "FallbackResource /fallback/index.php\n");
        return root;
    }

    private static void link(Path link, String target) {
        try {
            Files.createSymbolicLink(link, Path.of(target));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A directory by a name that Java can't write. */
    private static void notUtf8(Path root) {
        String make = "cd '" + root + "' && d=$(printf 'caf\\351') && mkdir \"$d\" && cp values.php \"$d\"/";
        Run.check(Duration.ofSeconds(10), "/bin/sh", "-c", make);
    }

    /** All kinds of settings of PHP, and of the environment. */
    public static Map<String, String> settings(Scratch scratch) {
        Map<String, String> set = new LinkedHashMap<>();
        set.put("env[APP_ENV]", "production");
        set.put("env[PATH]", "/usr/local/bin:/usr/bin:/bin");
        set.put("env[TMPDIR]", "/tmp");
        set.put("env[FROM]", "$OUTSIDE");
        set.put("php_value[memory_limit]", "64M");
        set.put("php_value[date.timezone]", "Europe/Berlin");
        set.put("php_value[error_reporting]", "E_ALL & ~E_NOTICE");
        set.put("php_value[include_path]", ".:/usr/share/php:/srv/x");
        set.put("php_value[precision]", "-1");
        set.put("php_value[default_charset]", "ISO-8859-1");
        set.put("php_flag[display_errors]", "on");
        set.put("php_flag[short_open_tag]", "off");
        set.put("php_admin_value[open_basedir]", scratch.path() + "/www:" + scratch.path() + "/other:/tmp");
        set.put("php_admin_value[post_max_size]", "20M");
        set.put("php_admin_value[upload_max_filesize]", "15M");
        set.put("php_admin_value[disable_functions]", "exec,passthru");
        set.put("php_admin_value[disable_classes]", "SplFileObject");
        set.put("php_admin_value[error_log]", scratch.path() + "/marks/php.log");
        set.put("php_admin_value[session.save_path]", scratch.path() + "/marks");
        set.put("php_admin_value[mail.add_x_header]", "On");
        set.put("php_admin_value[allow_url_fopen]", "no");
        set.put("php_admin_value[expose_php]", "Off");
        set.put("php_admin_value[session.use_strict_mode]", "yes");
        set.put("php_admin_value[session.cookie_httponly]", "true");
        set.put("php_admin_value[opcache.memory_consumption]", "64");
        set.put("php_admin_value[max_execution_time]", "17");
        set.put("php_admin_value[user_agent]", "Some Agent/1.0 x");
        set.put("php_admin_flag[log_errors]", "on");
        set.put("php_admin_flag[html_errors]", "no");
        return set;
    }
}
