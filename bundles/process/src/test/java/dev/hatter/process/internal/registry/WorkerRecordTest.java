// SPDX-License-Identifier: Apache-2.0
package dev.hatter.process.internal.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hatter.process.internal.registry.WorkerRecord.ProcessKey;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is kept of a process. */
class WorkerRecordTest {
    private final WorkerRecord intent =
            new WorkerRecord("boot pid:[1]", "pool www", "/bin/a=b", "socket:[5]", 77, Optional.empty());

    @Test
    void bothStepsAreReadBack() {
        assertThat(WorkerRecord.parse(intent.intent())).contains(intent);
        assertThat(WorkerRecord.parse(intent.intent() + WorkerRecord.completion(12, 345)))
                .get()
                .extracting(WorkerRecord::identity)
                .isEqualTo(Optional.of(new ProcessKey(12, 345)));
    }

    @Test
    void itMayBeCutOffAnywhere() {
        String whole = intent.intent() + WorkerRecord.completion(12, 345);
        for (int length = 0; length < whole.length(); length++) {
            Optional<WorkerRecord> read = WorkerRecord.parse(whole.substring(0, length));
            assertThat(read).isEqualTo(length < intent.intent().length() ? Optional.empty() : Optional.of(intent));
        }
    }

    @Test
    void aNameCanNotForgeALine() {
        WorkerRecord forged = new WorkerRecord("b", "x\nprocess=1 1", "/bin/true", "s", 1, Optional.empty());
        assertThat(WorkerRecord.parse(forged.intent()).orElseThrow().identity()).isEmpty();
    }

    @Test
    void rubbishIsNoRecord() {
        assertThat(WorkerRecord.parse("\n\nx\n=\nsince=\nprocess=")).isEmpty();
        assertThat(WorkerRecord.parse(intent.intent() + "process=12\n")).isEmpty();
    }
}
