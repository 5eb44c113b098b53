// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.applications.harness;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StoryTest {
    @Test
    void theFirstLineThatDiffersIsNamed() {
        assertThat(story("one\ntwo\nthree").differences(story("one\nTwo\nThree")))
                .singleElement()
                .asString()
                .startsWith("a step")
                .contains("two", "Two")
                .doesNotContain("one", "hree");
    }

    @Test
    void whatIsLongerDiffersToo() {
        assertThat(story("one\ntwo").differences(story("one")))
                .singleElement()
                .asString()
                .contains("two", "(end)");
    }

    @Test
    void aStepThatIsMissingIsADifference() {
        assertThat(story("one").differences(new Story(new Normal()))).containsExactly("1 answers, but 0");
    }

    @Test
    void whatDiffersByItsNatureDoesNot() {
        Story one = new Story(new Normal().text("127.0.0.1:8080", "HOST").common());
        one.tell("a step", "http://127.0.0.1:8080/?id=0123456789abcdef&at=2026-11-28");
        Story other = new Story(new Normal().text("127.0.0.1:8081", "HOST").common());
        other.tell("a step", "http://127.0.0.1:8081/?id=fedcba9876543210&at=2026-11-29");
        assertThat(one.differences(other)).isEmpty();
    }

    private static Story story(String text) {
        Story story = new Story(new Normal());
        story.tell("a step", text);
        return story;
    }
}
