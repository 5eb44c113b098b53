// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.peers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hatter.itests.peers.harness.Apache;
import dev.hatter.itests.peers.harness.Application;
import dev.hatter.itests.peers.harness.Backend;
import dev.hatter.itests.peers.harness.Caddy;
import dev.hatter.itests.peers.harness.Feature;
import dev.hatter.itests.peers.harness.FrontServer;
import dev.hatter.itests.peers.harness.H2o;
import dev.hatter.itests.peers.harness.HaProxy;
import dev.hatter.itests.peers.harness.Hatter;
import dev.hatter.itests.peers.harness.Jetty;
import dev.hatter.itests.peers.harness.Lighttpd;
import dev.hatter.itests.peers.harness.Logs;
import dev.hatter.itests.peers.harness.Nginx;
import dev.hatter.itests.peers.harness.Programs;
import dev.hatter.itests.peers.harness.Scratch;
import dev.hatter.itests.peers.harness.Table;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every web server with every program: what works is the table in {@code docs/compatibility.md}. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class CompatibilityIT {
    private static final int WORKERS = 4;

    private static final List<FrontServer> FRONTS =
            List.of(new Nginx(), new Apache(), new Lighttpd(), new Caddy(), new HaProxy(), new H2o(), new Jetty());
    private static final Table TABLE = new Table();

    private static Scratch scratch;
    private static Path site;
    private static Hatter hatter;

    /** A row of the table. */
    record Combination(FrontServer front, Application application, boolean unix) {
        @Override
        public String toString() {
            return front.name() + ", " + application.title() + ", " + transport();
        }

        String transport() {
            return unix ? "Unix socket" : "TCP";
        }

        String pool() {
            return application.name().toLowerCase(Locale.ROOT) + (unix ? "-unix" : "-tcp");
        }
    }

    static Stream<Combination> combinations() {
        return FRONTS.stream()
                .flatMap(front -> Stream.concat(
                        Stream.of(Application.values()).map(application -> new Combination(front, application, false)),
                        Stream.of(new Combination(front, Application.PHP, true))));
    }

    /** All, or with {@code -Dhatter.rows=REGEX} those whose name it matches. */
    static Stream<Combination> chosen() {
        String rows = System.getProperty("hatter.rows", ".*");
        return combinations().filter(combination -> combination.toString().matches(rows));
    }

    @BeforeAll
    static void start() {
        scratch = Scratch.create();
        site = Application.site(scratch);
        hatter = Hatter.start("compatibility");
    }

    @AfterAll
    static void stop() {
        try (Scratch deleted = scratch;
                Hatter stopped = hatter) {
            Logs.say("stopping");
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("chosen")
    @Order(1)
    void works(Combination combination) {
        Backend listen = listen(combination);
        List<String> failures = new ArrayList<>();
        try (FrontServer.Front front = combination.front().start(site(combination, listen))) {
            TABLE.begin(combination.front().name(), combination.application().title(), combination.transport());
            for (Feature feature : Feature.values()) {
                TABLE.add(outcome(combination, feature, front, failures));
            }
        }
        Logs.say("%-65s %s", combination, failures.isEmpty() ? "all works" : failures);
        assertThat(failures).as("%s; %s", combination, hatter.log()).isEmpty();
    }

    /** Where the pool of that row listens; each pool starts when its first row needs it. */
    private static Backend listen(Combination row) {
        return hatter.pool(row.pool()).orElseGet(() -> {
            Path socket = scratch.path().resolve(row.pool() + ".sock");
            Backend listen = row.unix() ? new Backend.Unix(socket) : Backend.tcp();
            return hatter.add(row.application().pool(row.pool(), listen, WORKERS, site));
        });
    }

    private static FrontServer.Site site(Combination row, Backend listen) {
        return new FrontServer.Site(site, listen, row.application().extension(), true);
    }

    private static String outcome(Combination row, Feature feature, FrontServer.Front front, List<String> failures) {
        if (!feature.isFor(row.application())) {
            return "–";
        }
        try {
            feature.check(front, row.application());
            return "yes";
        } catch (AssertionError e) {
            failures.add(feature.title() + ": " + shortened(e.getMessage()) + "; " + front.log());
            return "no";
        }
    }

    private static String shortened(String message) {
        return message.strip().substring(0, Math.min(message.strip().length(), 500));
    }

    @Test
    @Order(2)
    void theDocumentationHasThisTable() {
        if (TABLE.rows() < combinations().count()) {
            throw Programs.missing("not every combination ran, so the table isn't whole");
        }
        TABLE.compare();
    }
}
