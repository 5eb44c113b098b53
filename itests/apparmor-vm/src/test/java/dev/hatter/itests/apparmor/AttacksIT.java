// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.apparmor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hatter.itests.apparmor.harness.Attack;
import dev.hatter.itests.apparmor.harness.Boot;
import dev.hatter.itests.apparmor.harness.ConfinementTable;
import dev.hatter.itests.apparmor.harness.Outcome;
import dev.hatter.itests.apparmor.harness.Series;
import dev.hatter.itests.peers.harness.All;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Code in a worker against another pool, the manager, and its own label. */
class AttacksIT {
    /** What mode bits and users alone don't stop: without these, nothing would be shown by what a hat stops. */
    private static final Set<Attack> OPEN = Set.of(
            Attack.READ,
            Attack.LIST,
            Attack.WRITE,
            Attack.CONNECT_LISTEN,
            Attack.SIGNAL_WORKER,
            Attack.ENVIRON_WORKER,
            Attack.MEM_WORKER,
            Attack.PTRACE_WORKER);

    static Stream<Arguments> confined() {
        return Stream.of(Series.values())
                .filter(series -> series.isConfined() && series.isRun())
                .flatMap(series -> Stream.of(Attack.values()).map(attack -> Arguments.of(series, attack)));
    }

    @ParameterizedTest
    @EnumSource
    void withoutAHatItGoesAsFarAsModeBitsAllow(Attack attack) throws Throwable {
        Outcome outcome = Series.FREE.outcome(Boot.CONFINED.guest(), attack);

        switch (attack.kind()) {
            case REACH -> assertThat(outcome.isDone()).as("%s", outcome).isEqualTo(OPEN.contains(attack));
            case CHANGE -> assertThat(outcome.label()).isEqualTo("unconfined");
            case RUN -> assertThat(outcome.text()).isEqualTo("unconfined");
        }
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("confined")
    void aHatIsNotLeft(Series series, Attack attack) throws Throwable {
        Outcome outcome = series.outcome(Boot.CONFINED.guest(), attack);

        assertThat(outcome.label()).isEqualTo(series.label());
        switch (attack.kind()) {
            case REACH ->
                assertThat(outcome.isDone())
                        .as("%s", outcome)
                        .isEqualTo(
                                attack == Attack.CONNECT_LISTEN); // this kernel doesn't mediate it: mode bits have to
            case CHANGE -> assertThat(outcome.text()).isNotEmpty();
            case RUN ->
                assertThat(outcome)
                        .matches(seen -> seen.isRefused() || seen.ranAs(series.label()), "refused, or run in the hat");
        }
    }

    /** Why the profile declares hats by "profile": the kernel lets a process change between those declared by "hat". */
    @Test
    @Tag(All.TAG)
    void betweenHatsDeclaredByHatAProcessMayChange() throws Throwable {
        assertThat(Boot.CONFINED.guest().read("attacks/fpm-h")).isEqualTo("to-sibling\tdone\tphp-fpm//i (enforce)\n");
    }

    @Test
    void theDocumentationHasThisTable() throws Throwable {
        ConfinementTable.compare(Boot.CONFINED.guest());
    }
}
