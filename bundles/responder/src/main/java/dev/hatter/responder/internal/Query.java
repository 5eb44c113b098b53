// SPDX-License-Identifier: Apache-2.0
package dev.hatter.responder.internal;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** A query string's fields. */
final class Query {
    private final Map<String, String> fields = new HashMap<>();

    Query(String query) {
        for (String field : query.split("&")) {
            int equals = field.indexOf('=');
            String name = equals < 0 ? field : field.substring(0, equals);
            fields.putIfAbsent(decode(name), equals < 0 ? "" : decode(field.substring(equals + 1)));
        }
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text; // a bad % escape: as it came
        }
    }

    boolean has(String name) {
        return fields.containsKey(name);
    }

    String text(String name, String otherwise) {
        return fields.getOrDefault(name, otherwise);
    }

    /** @throws BadRequestException when it is there and not a number from 0 to that maximum */
    long number(String name, long otherwise, long max) throws BadRequestException {
        String value = fields.get(name);
        if (value == null) {
            return otherwise;
        }
        try {
            long number = Long.parseLong(value);
            if (number >= 0 && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // the message below says it
        }
        throw new BadRequestException(name + " = \"" + value + "\": must be a number from 0 to " + max);
    }
}
