// SPDX-License-Identifier: Apache-2.0
package dev.hatter.pool.internal.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScriptResolverTest {
    private static final List<String> PHP = List.of(".php", ".phar");

    @TempDir
    Path root;

    @BeforeEach
    void createFiles() throws IOException {
        Files.writeString(root.resolve("index.php"), "x");
        Files.writeString(root.resolve("pic.jpg"), "x");
        Files.writeString(root.resolve("UPPER.PHP"), "x");
        Files.createDirectories(root.resolve("dir.php/sub"));
        Files.writeString(root.resolve("dir.php/sub/ü x.php"), "x");
    }

    private Resolution resolve(String path) {
        return ScriptResolver.resolve(ScriptResolver.normalize(root + path), PHP);
    }

    @Test
    void findsAScript() {
        assertThat(resolve("/index.php")).isEqualTo(new Resolution.Script(root + "/index.php", ""));
    }

    @Test
    void splitsPathInfoOff() {
        assertThat(resolve("/index.php/a/b.php")).isEqualTo(new Resolution.Script(root + "/index.php", "/a/b.php"));
        assertThat(resolve("/index.php/")).isEqualTo(new Resolution.Script(root + "/index.php", "/"));
    }

    @Test
    void goesThroughADirectoryThatLooksLikeAScript() {
        assertThat(resolve("/dir.php/sub/ü x.php/i"))
                .isEqualTo(new Resolution.Script(root + "/dir.php/sub/ü x.php", "/i"));
    }

    @Test
    void judgesTheFileThatWouldRunAndNotTheNameThatWasAskedFor() {
        assertThat(resolve("/pic.jpg/x.php")).isInstanceOf(Resolution.Denied.class);
        assertThat(resolve("/pic.jpg")).isInstanceOf(Resolution.Denied.class);
        assertThat(resolve("/UPPER.PHP")).isInstanceOf(Resolution.Denied.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/missing.php",
                "/dir.php",
                "/dir.php/",
                "/dir.php/sub",
                "/dir.php/../index.php",
                "/..",
                "/index.php\0.jpg",
                "/"
            })
    void isMissing(String path) {
        assertThat(resolve(path)).isEqualTo(new Resolution.Missing());
    }

    @Test
    void insideOfARootDirectoryNothingOutsideIsFound() throws IOException {
        ScriptRules rules = new ScriptRules(root, PHP, path -> true);
        Path outside = Files.createTempFile("outside", ".php");
        Files.createSymbolicLink(root.resolve("out.php"), outside);
        Files.createSymbolicLink(root.resolve("in.php"), Path.of("/index.php"));
        assertThat(ScriptResolver.resolve("/index.php/a", rules)).isEqualTo(new Resolution.Script("/index.php", "/a"));
        assertThat(ScriptResolver.resolve("/in.php", rules)).isEqualTo(new Resolution.Script("/in.php", ""));
        assertThat(ScriptResolver.resolve("/out.php", rules)).isEqualTo(new Resolution.Missing());
        assertThat(ScriptResolver.resolve(outside.toString(), rules)).isEqualTo(new Resolution.Missing());
        assertThat(ScriptResolver.resolve("/pic.jpg/x.php", rules)).isInstanceOf(Resolution.Denied.class);
        Files.delete(outside);
    }

    @Test
    void noScriptRunsWhereFixedSettingsWouldNotCount() {
        ScriptRules rules = new ScriptRules(null, PHP, path -> false);
        assertThat(ScriptResolver.resolve(root + "/index.php", rules)).isInstanceOf(Resolution.Denied.class);
    }

    @Test
    void relativePathsAreMissing() {
        assertThat(ScriptResolver.resolve("index.php", PHP)).isEqualTo(new Resolution.Missing());
        assertThat(ScriptResolver.resolve("", PHP)).isEqualTo(new Resolution.Missing());
    }

    @Test
    void aPathThatIsTooLongIsMissing() {
        assertThat(resolve("/" + "a/".repeat(3000) + "x.php")).isEqualTo(new Resolution.Missing());
    }

    @Test
    void withoutALimitAnyFileMayRun() {
        assertThat(ScriptResolver.resolve(root + "/pic.jpg", List.of()))
                .isEqualTo(new Resolution.Script(root + "/pic.jpg", ""));
    }

    @Test
    void normalizesWhatWouldEvadeATextualMatch() {
        assertThat(ScriptResolver.normalize("//srv///www/./a/././b.php")).isEqualTo("/srv/www/a/b.php");
        assertThat(ScriptResolver.normalize("/srv/a.b/.c/d.php")).isEqualTo("/srv/a.b/.c/d.php");
    }
}
