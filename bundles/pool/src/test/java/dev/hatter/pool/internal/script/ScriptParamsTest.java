// SPDX-License-Identifier: Apache-2.0
package dev.hatter.pool.internal.script;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hatter.fastcgi.Params;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ScriptParamsTest {
    private static final Resolution.Script PLAIN = new Resolution.Script("/www/a.php", "");
    private static final Resolution.Script SPLIT = new Resolution.Script("/www/a.php", "/up/evil.jpg");

    private static Map<String, String> apply(Resolution.Script script, Map<String, String> came) {
        Params params = Params.of(came);
        ScriptParams.apply(params, script);
        Map<String, String> left = new HashMap<>();
        params.forEach(left::put);
        params.release();
        return left;
    }

    /** php-cgi took it for the script, with cgi.fix_pathinfo = 0 and beside a REDIRECT_URL. */
    @Test
    void pathTranslatedNeverGetsThrough() {
        assertThat(apply(PLAIN, Map.of("SCRIPT_FILENAME", "/www/a.php", "PATH_TRANSLATED", "/www/evil.jpg")))
                .isEqualTo(Map.of("SCRIPT_FILENAME", "/www/a.php"));
        assertThat(apply(SPLIT, Map.of("SCRIPT_FILENAME", "/www/a.php/up/evil.jpg", "DOCUMENT_ROOT", "/www")))
                .doesNotContainKey("PATH_TRANSLATED");
        assertThat(apply(PLAIN, Map.of("PATH_TRANSLATED", "/www/a.php")))
                .isEqualTo(Map.of("SCRIPT_FILENAME", "/www/a.php"));
    }

    @Test
    void pathInfoIsNotLostToARedirectUrl() {
        Map<String, String> came = Map.of(
                "SCRIPT_FILENAME", "/www/a.php", "REDIRECT_URL", "/x", "PATH_INFO", "/p", "PATH_TRANSLATED", "/p");
        assertThat(apply(PLAIN, came)).isEqualTo(Map.of("SCRIPT_FILENAME", "/www/a.php", "PATH_INFO", "/p"));
        assertThat(apply(PLAIN, Map.of("SCRIPT_FILENAME", "/www/a.php", "REDIRECT_URL", "/x")))
                .containsEntry("REDIRECT_URL", "/x");
    }

    /** lighttpd sends a slash behind the path of each script, and PATH_INFO only where there is one. */
    @Test
    void aWebServerThatSendsNoPathInfoHasNone() {
        Resolution.Script slash = new Resolution.Script("/www/a.php", "/");
        assertThat(apply(slash, Map.of("SCRIPT_FILENAME", "/www/a.php/", "SCRIPT_NAME", "/a.php")))
                .isEqualTo(Map.of(
                        "SCRIPT_FILENAME",
                        "/www/a.php",
                        "SCRIPT_NAME",
                        "/a.php",
                        "ORIG_SCRIPT_FILENAME",
                        "/www/a.php/"));
        assertThat(apply(
                        SPLIT,
                        Map.of("SCRIPT_FILENAME", "/www/a.php/up/evil.jpg", "SCRIPT_NAME", "/a.php/up/evil.jpg")))
                .containsEntry("SCRIPT_NAME", "/a.php/up/evil.jpg")
                .doesNotContainKey("PATH_INFO");
    }

    @Test
    void aPathInfoThatIsRightAlreadyStays() {
        Resolution.Script same = new Resolution.Script("/www/a.php", "/a.php");
        assertThat(apply(
                        same,
                        Map.of("SCRIPT_FILENAME", "/www/a.php/a.php", "SCRIPT_NAME", "/a.php", "PATH_INFO", "/a.php")))
                .containsEntry("SCRIPT_NAME", "/a.php")
                .containsEntry("PATH_INFO", "/a.php")
                .doesNotContainKey("ORIG_SCRIPT_NAME");
    }

    /** cgi.fix_pathinfo's own example: a web server for which the script's name is part of PATH_INFO. */
    @Test
    void aPathInfoThatBeginsWithTheScriptsNameIsSplit() {
        assertThat(apply(SPLIT, Map.of("SCRIPT_FILENAME", "/www/a.php/up/evil.jpg", "PATH_INFO", "/a.php/up/evil.jpg")))
                .isEqualTo(Map.of(
                        "SCRIPT_FILENAME", "/www/a.php",
                        "SCRIPT_NAME", "/a.php",
                        "PATH_INFO", "/up/evil.jpg",
                        "ORIG_PATH_INFO", "/a.php/up/evil.jpg",
                        "ORIG_SCRIPT_FILENAME", "/www/a.php/up/evil.jpg"));
    }

    /** ProxyPassMatch: the path is escaped, SCRIPT_NAME isn't. */
    @Test
    void blanksAndPlusesOfAPathInfoAreCutOffTheScriptsName() {
        Map<String, String> came = Map.of(
                "SCRIPT_FILENAME", "proxy:fcgi://localhost:9000/www/a.php/a%20b+c", "SCRIPT_NAME", "/a.php/a b+c");
        assertThat(apply(new Resolution.Script("/www/a.php", "/a%20b+c"), came))
                .containsEntry("SCRIPT_NAME", "/a.php")
                .containsEntry("PATH_INFO", "/a%20b+c")
                .containsEntry("ORIG_SCRIPT_NAME", "/a.php/a b+c");
    }

    @Test
    void whatIsReplacedIsKeptUnderAnotherNameAsInPhpFpm() {
        Map<String, String> came = Map.of(
                "SCRIPT_FILENAME", "proxy:fcgi://localhost:9000/www/a.php/up/evil.jpg",
                "SCRIPT_NAME", "/a.php/up/evil.jpg",
                "PATH_TRANSLATED", "/www/evil.jpg");
        assertThat(apply(SPLIT, came))
                .isEqualTo(Map.of(
                        "SCRIPT_FILENAME", "/www/a.php",
                        "SCRIPT_NAME", "/a.php",
                        "PATH_INFO", "/up/evil.jpg",
                        "ORIG_SCRIPT_FILENAME", "/www/a.php/up/evil.jpg",
                        "ORIG_SCRIPT_NAME", "/a.php/up/evil.jpg",
                        "ORIG_PATH_TRANSLATED", "/www/evil.jpg"));
        assertThat(apply(PLAIN, Map.of("SCRIPT_FILENAME", "proxy:fcgi://localhost/www/a.php", "SCRIPT_NAME", "/a.php")))
                .isEqualTo(Map.of("SCRIPT_FILENAME", "/www/a.php", "SCRIPT_NAME", "/a.php"));
    }
}
