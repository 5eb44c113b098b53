// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.applications.harness;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A form with what it has in it when the page is shown, to be changed and sent. */
public final class Form {
    private static final Pattern FORM = Pattern.compile("(<form\\b[^>]*>)(.*?)</form>", Pattern.DOTALL);
    private static final Pattern INPUT = Pattern.compile("<input\\b[^>]*>");
    private static final Pattern SELECT = Pattern.compile("(<select\\b[^>]*>)(.*?)</select>", Pattern.DOTALL);
    private static final Pattern OPTION = Pattern.compile("(<option\\b[^>]*>)([^<]*)");
    private static final Pattern TEXTAREA = Pattern.compile("(<textarea\\b[^>]*>)\\n?(.*?)</textarea>", Pattern.DOTALL);
    /** Not sent unless it is pressed or filled in. */
    private static final Set<String> UNUSED = Set.of("submit", "button", "image", "reset", "file");

    private final String action;
    private final Map<String, String> fields = new LinkedHashMap<>();

    private Form(String action, String content) {
        this.action = action;
        INPUT.matcher(content).results().forEach(input -> input(input.group()));
        SELECT.matcher(content).results().forEach(select -> select(select.group(1), select.group(2)));
        TEXTAREA.matcher(content)
                .results()
                .forEach(area -> Html.attribute(area.group(1), "name")
                        .ifPresent(name -> fields.put(name, Html.plain(area.group(2)))));
    }

    /** The page's first form that has that text in it. */
    static Form in(Page page, String text) {
        Matcher forms = FORM.matcher(page.text());
        while (forms.find()) {
            if (forms.group().contains(text)) {
                return new Form(Html.attribute(forms.group(1), "action").orElse(""), forms.group(2));
            }
        }
        throw page.without("a form with " + text);
    }

    private void input(String tag) {
        String type = Html.attribute(tag, "type").orElse("text");
        boolean box = Set.of("checkbox", "radio").contains(type);
        boolean chosen = !box || Html.attribute(tag, "checked").isPresent();
        if (chosen && !UNUSED.contains(type)) {
            String value = Html.attribute(tag, "value").orElse(box ? "on" : "");
            Html.attribute(tag, "name").ifPresent(name -> fields.put(name, value));
        }
    }

    private void select(String tag, String options) {
        boolean many = Html.attribute(tag, "multiple").isPresent();
        String chosen = null;
        Matcher option = OPTION.matcher(options);
        while (option.find()) {
            boolean selected = Html.attribute(option.group(1), "selected").isPresent();
            if (selected || (chosen == null && !many)) {
                chosen = Html.attribute(option.group(1), "value").orElse(Html.plain(option.group(2)));
            }
            if (selected) {
                break;
            }
        }
        if (chosen != null) {
            fields.put(Html.attribute(tag, "name").orElse(""), chosen);
        }
    }

    /** Fills in a field, or presses a button. */
    public Form with(String name, String value) {
        fields.put(name, value);
        return this;
    }

    /** Where it is sent to: the page's own address when it says nothing. */
    URI target(Page page) {
        return action.isEmpty() ? page.uri() : page.uri().resolve(action);
    }

    Map<String, String> fields() {
        return fields;
    }
}
