// SPDX-License-Identifier: Apache-2.0
package dev.hatter.fastcgi.transport.internal;

import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The requests under way on one connection. There is one, or with multiplexing a handful, so an array does; it may lose
 * members while it is walked.
 */
final class RequestTable {
    private Exchange[] exchanges = new Exchange[1];
    private int size;

    int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }

    Exchange find(int id) {
        for (int i = 0; i < size; i++) {
            if (exchanges[i].id() == id) {
                return exchanges[i];
            }
        }
        return null;
    }

    void add(Exchange exchange) {
        if (size == exchanges.length) {
            exchanges = Arrays.copyOf(exchanges, size * 4);
        }
        exchanges[size++] = exchange;
    }

    void remove(Exchange exchange) {
        for (int i = 0; i < size; i++) {
            if (exchanges[i] == exchange) {
                exchanges[i] = exchanges[--size];
                exchanges[size] = null;
                return;
            }
        }
    }

    /** From the last to the first: what is removed meanwhile is replaced by one that has been called already. */
    void forEach(Consumer<Exchange> each) {
        for (int i = size - 1; i >= 0; i--) {
            if (i < size) {
                each.accept(exchanges[i]);
            }
        }
    }

    boolean all(Predicate<Exchange> condition) {
        for (int i = 0; i < size; i++) {
            if (!condition.test(exchanges[i])) {
                return false;
            }
        }
        return true;
    }

    /** Empties the table, then calls for each that was in it. */
    void drainTo(Consumer<Exchange> each) {
        Exchange[] all = Arrays.copyOf(exchanges, size);
        Arrays.fill(exchanges, null);
        size = 0;
        for (Exchange exchange : all) {
            each.accept(exchange);
        }
    }
}
