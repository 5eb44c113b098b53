// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.applications.harness;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
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
    private final List<Field> fields = new ArrayList<>();

    private Form(String action) {
        this.action = action;
    }

    private Form(String action, String content) {
        this(action);
        INPUT.matcher(content).results().forEach(input -> input(input.group()));
        SELECT.matcher(content).results().forEach(select -> select(select.group(1), select.group(2)));
        TEXTAREA.matcher(content)
                .results()
                .forEach(area -> Html.attribute(area.group(1), "name")
                        .ifPresent(name -> fields.add(new Field(name, Html.plain(area.group(2))))));
    }

    /** An empty one that is sent to that address. */
    public static Form to(String action) {
        return new Form(action);
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
            Html.attribute(tag, "name").ifPresent(name -> fields.add(new Field(name, value)));
        }
    }

    private void select(String tag, String content) {
        String name = Html.attribute(tag, "name").orElse("");
        List<MatchResult> options = OPTION.matcher(content).results().toList();
        List<MatchResult> selected = options.stream()
                .filter(option -> Html.attribute(option.group(1), "selected").isPresent())
                .toList();
        boolean first = selected.isEmpty() && Html.attribute(tag, "multiple").isEmpty();
        options.stream()
                .filter(first ? options.subList(0, Math.min(1, options.size()))::contains : selected::contains)
                .map(option -> Html.attribute(option.group(1), "value").orElse(Html.plain(option.group(2))))
                .forEach(value -> fields.add(new Field(name, value)));
    }

    /** Fills in a field, or presses a button. */
    public Form with(String name, String value) {
        fields.removeIf(field -> field.name().equals(name));
        fields.add(new Field(name, value));
        return this;
    }

    /** Where it is sent to: the page's own address when it says nothing. */
    URI target(Page page) {
        return action.isEmpty() ? page.uri() : page.uri().resolve(action);
    }

    List<Field> fields() {
        return fields;
    }

    /** A name may be there more than once. */
    record Field(String name, String value) {}
}
