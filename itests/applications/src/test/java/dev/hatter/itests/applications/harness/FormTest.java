// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.applications.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class FormTest {
    private static final String TEXT = """
            <form action="/other"><input name="q"></form>
            <form method='post' action="save?a=1&amp;b=2">
              <input type="hidden" name="token" value='a&quot;b'> <input name="empty"/>
              <input type="checkbox" name="on" checked> <input type="checkbox" name="off">
              <input type="radio" name="pick" value="1"><input type="radio" name="pick" value="2" checked="checked">
              <select name="colour"><option value="r">red</option><option selected>green</option></select>
              <select name="size"><option value="s">small</option><option value="l">large</option></select>
              <select name="none" multiple><option value="s">small</option></select>
              <textarea name="text">
            1 &lt; 2</textarea>
              <input type="submit" name="send" value="Send"> <input type="file" name="upload">
            </form>
            """;
    private static final Page PAGE =
            new Page("a page", URI.create("http://localhost/dir/page"), 200, TEXT.getBytes(StandardCharsets.UTF_8));

    @Test
    void itHasWhatABrowserWouldSend() {
        assertThat(fields(PAGE.form("token")))
                .isEqualTo(Map.of(
                        "token", "a\"b", "empty", "", "on", "on", "pick", "2", "colour", "green", "size", "s", "text",
                        "1 < 2"));
    }

    @Test
    void itIsSentWhereItSays() {
        assertThat(PAGE.form("token").target(PAGE)).hasToString("http://localhost/dir/save?a=1&b=2");
        assertThat(Form.to("").target(PAGE)).isEqualTo(PAGE.uri());
    }

    @Test
    void whatIsFilledInTakesTheOldValuesPlace() {
        Form form = PAGE.form("token").with("colour", "blue").with("send", "Send");
        assertThat(fields(form)).containsEntry("colour", "blue").containsEntry("send", "Send");
    }

    @Test
    void aFormThatIsNotThereFails() {
        assertThatThrownBy(() -> PAGE.form("password"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("password");
    }

    private static Map<String, String> fields(Form form) {
        return form.fields().stream().collect(Collectors.toMap(Form.Field::name, Form.Field::value));
    }
}
