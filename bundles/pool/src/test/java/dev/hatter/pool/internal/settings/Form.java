// SPDX-License-Identifier: Apache-2.0
package dev.hatter.pool.internal.settings;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** A metatype resource, read as tools read it. */
final class Form {
    private final Document document;

    private Form(Document document) {
        this.document = document;
    }

    static Form of(String pid) throws Exception {
        try (InputStream in = Form.class.getResourceAsStream("/OSGI-INF/metatype/" + pid + ".xml")) {
            return new Form(
                    DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(in));
        }
    }

    /** The attributes of its only {@code Designate}. */
    Element designate() {
        return elements("Designate").get(0);
    }

    /** What it says of itself. */
    String description() {
        return elements("OCD").get(0).getAttribute("description");
    }

    /** Its fields by their ids. */
    Map<String, Field> fields() {
        Map<String, Field> fields = new LinkedHashMap<>();
        for (Element element : elements("AD")) {
            fields.put(element.getAttribute("id"), new Field(element));
        }
        return fields;
    }

    private List<Element> elements(String tag) {
        return list(document.getElementsByTagName(tag));
    }

    private static List<Element> list(NodeList nodes) {
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            elements.add((Element) nodes.item(i));
        }
        return elements;
    }

    /** An attribute definition ({@code AD}). */
    record Field(Element element) {
        /** That attribute; null when it isn't there. */
        String attribute(String name) {
            return element.hasAttribute(name) ? element.getAttribute(name) : null;
        }

        /** The values to choose from; empty when any may be typed. */
        List<String> options() {
            return list(element.getElementsByTagName("Option")).stream()
                    .map(option -> option.getAttribute("value"))
                    .toList();
        }
    }
}
