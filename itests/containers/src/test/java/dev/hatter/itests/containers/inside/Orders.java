// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.containers.inside;

import dev.hatter.itests.peers.harness.All;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Orders of some things. */
public final class Orders {
    /** Karaf needs a second for each. */
    private static final int AT_MOST = 15;

    private Orders() {}

    public static <T> List<List<T>> of(List<T> things) {
        if (things.isEmpty()) {
            return List.of(List.of());
        }
        List<List<T>> orders = new ArrayList<>();
        for (T first : things) {
            List<T> others = new ArrayList<>(things);
            others.remove(first);
            for (List<T> rest : of(others)) {
                List<T> order = new ArrayList<>(List.of(first));
                order.addAll(rest);
                orders.add(order);
            }
        }
        return orders;
    }

    /**
     * With {@code ./test --all} each order in Felix. Else, and in Karaf, some that the seed of this run decides: in them
     * each thing is first and last, and of each two things either comes first.
     */
    public static <T> List<List<T>> toTry(List<T> things) {
        List<List<T>> all = of(things);
        if (All.runs() && !Container.isKaraf() || all.size() <= AT_MOST) {
            return all;
        }
        Collections.shuffle(all, new Random(Long.getLong("hatter.seed")));
        Set<List<T>> orders = new LinkedHashSet<>();
        for (int first = 0; first < things.size(); first++) {
            List<T> order = new ArrayList<>(all.get(0));
            Collections.rotate(order, first);
            orders.add(order);
            List<T> reverse = new ArrayList<>(order);
            Collections.reverse(reverse);
            orders.add(reverse);
        }
        orders.addAll(all);
        return orders.stream().limit(AT_MOST).toList();
    }
}
