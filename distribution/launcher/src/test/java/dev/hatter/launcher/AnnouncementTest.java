// SPDX-License-Identifier: Apache-2.0
package dev.hatter.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class AnnouncementTest {
    @Test
    void saysWhichPoolsListenWhereAndWhatToTry() {
        assertThat(lines("/opt/hatter", Map.of("demo", "active, listening on 127.0.0.1:9000, pm = static, 2 workers")))
                .containsExactly(
                        "hatter 1.0 is running, pid 7",
                        "configuration in /etc/hatter, run directory /run/hatter",
                        "[pool demo] active, listening on 127.0.0.1:9000, pm = static, 2 workers",
                        "try: /opt/hatter/bin/hatter request 127.0.0.1:9000 /hello",
                        "ready to handle connections");
    }

    @Test
    void triesOnlyAPoolThatIsActive() {
        Map<String, String> pools =
                new TreeMap<>(Map.of("a", "refused: listen = \"x\": no", "b", "active, listening on /run/b.sock"));
        assertThat(lines("/my hatter", pools)).contains("try: '/my hatter/bin/hatter' request /run/b.sock /hello");
        assertThat(lines("/my hatter", Map.of("a", "refused: x"))).noneMatch(line -> line.startsWith("try"));
    }

    @Test
    void saysWhatToDoWithoutAnyPool() {
        assertThat(lines("/opt/hatter", Map.of()))
                .contains("no pool is configured: put a dev.hatter.pool-NAME.cfg into /etc/hatter");
    }

    private static List<String> lines(String home, Map<String, String> pools) {
        Settings settings =
                new Settings(Path.of(home), Path.of("/etc/hatter"), Path.of("/run/hatter"), Duration.ofSeconds(1));
        return Announcement.lines(settings, "1.0", 7, pools);
    }
}
