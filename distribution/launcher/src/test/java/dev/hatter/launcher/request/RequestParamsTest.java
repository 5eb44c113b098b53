// SPDX-License-Identifier: Apache-2.0
package dev.hatter.launcher.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestParamsTest {
    @Test
    void takesTheUriApart() throws UsageException {
        assertThat(params(RequestBody.NONE, "9000", "/a%20b+c.php?x=%20"))
                .containsEntry("REQUEST_METHOD", "GET")
                .containsEntry("REQUEST_URI", "/a%20b+c.php?x=%20")
                .containsEntry("SCRIPT_NAME", "/a b+c.php")
                .containsEntry("QUERY_STRING", "x=%20")
                .doesNotContainKeys("SCRIPT_FILENAME", "CONTENT_LENGTH");
    }

    @Test
    void putsTheScriptBelowTheRoot() throws UsageException {
        assertThat(params(RequestBody.NONE, "9000", "--root", "/srv/www", "/a.php/b"))
                .containsEntry("DOCUMENT_ROOT", "/srv/www")
                .containsEntry("SCRIPT_FILENAME", "/srv/www/a.php/b");
    }

    @Test
    void postsABodyUnlessToldOtherwise() throws UsageException {
        assertThat(params(5, "9000", "--body", "-", "/"))
                .containsEntry("REQUEST_METHOD", "POST")
                .containsEntry("CONTENT_LENGTH", "5");
        assertThat(params(5, "9000", "--body", "-", "--method", "PUT", "/")).containsEntry("REQUEST_METHOD", "PUT");
    }

    @Test
    void letsAGivenParameterWin() throws UsageException {
        assertThat(params(RequestBody.NONE, "9000", "--param", "HTTP_HOST=a=b", "--param", "X=", "/"))
                .containsEntry("HTTP_HOST", "a=b")
                .containsEntry("X", "");
    }

    @ParameterizedTest
    @ValueSource(strings = {"9000", "9000 hello", "9000 / /", "9000 --nosuch /", "9000 / --param", "9000 --param =x /"})
    void refusesWrongUse(String line) {
        assertThatThrownBy(() -> RequestOptions.parse(line.split(" "))).isInstanceOf(UsageException.class);
    }

    private static Map<String, String> params(long bodyLength, String... args) throws UsageException {
        return RequestParams.of(RequestOptions.parse(args), bodyLength);
    }
}
