// SPDX-License-Identifier: Apache-2.0
package dev.hatter.benchmarks;

import java.util.List;

/** Something that several contestants do in turn. */
interface Workload {
    String name();

    /** In one sentence, for {@code --list} and the table. */
    String title();

    /** Who can do it here, in the order of the table. */
    List<String> contestants();

    /** Looks whether it works at all, and lets caches get warm. */
    void prepare(String contestant);

    Sample run(String contestant);

    /** Whether once is enough, before anything else runs. */
    default boolean isAlone() {
        return false;
    }
}
