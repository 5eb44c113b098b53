// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.containers.karaf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hatter.itests.containers.harness.KarafJava;
import dev.hatter.itests.containers.inside.Orders;
import dev.hatter.itests.peers.harness.Backend;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledForJreRange;

/**
 * A pool that asks for a hat, in a Karaf without AppArmor: it never comes up, whatever is started, stopped or refreshed in
 * whatever order, while the demo pool always comes back.
 */
@DisabledForJreRange(minVersion = KarafJava.FIRST_TOO_NEW, disabledReason = KarafJava.REASON)
class KarafConfinementIT {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String TENANT = "etc/dev.hatter.pool-tenant.cfg";
    private static final List<String> RESTARTED = List.of(
            "org.apache.felix.scr",
            "org.apache.felix.configadmin",
            "dev.hatter.fastcgi",
            "dev.hatter.process",
            "dev.hatter.pool");

    /** Every how manieth of the 24 orders is tried: Karaf itself needs seconds for each. */
    private static final int STRIDE = 5;

    private final Backend.Tcp tenant = Backend.tcp();

    @Test
    void aHatWithoutAppArmorNeverComesUp() throws IOException {
        Demo.mustNotBeServedByOthers();
        try (Karaf karaf = Karaf.start()) {
            karaf.type(Readme.commands("In Karaf").get(0));
            karaf.type("feature:install hatter-apparmor");
            Demo.awaitServed();
            withoutAppArmor(karaf);
            addTenant(karaf);
            awaitReason(karaf);
            awaitDemoAlone();
            assertThat(karaf.log())
                    .contains("[pool tenant] waiting: apparmor_hat = \"tenant\" needs a confinement service");

            for (String bundle : RESTARTED) {
                karaf.ask("bundle:restart " + bundle);
                awaitDemoAlone();
            }
            for (String bundle : List.of("dev.hatter.process", "dev.hatter.pool")) {
                karaf.ask("bundle:refresh " + bundle);
                awaitDemoAlone();
            }
            inOrders(karaf);
            nothingOfOursIsWrittenBack(karaf);
            assertThat(karaf.log()).doesNotContain("[pool tenant] listening");
        }
    }

    /** The bundle says why it has no service; where it has one, it is stopped. */
    private static void withoutAppArmor(Karaf karaf) {
        await("what is said of AppArmor").atMost(SOON).until(() -> karaf.log().contains("ApparmorComponent"));
        if (karaf.log().contains("AppArmor confines the workers")) {
            karaf.ask("bundle:stop dev.hatter.apparmor");
        } else {
            assertThat(karaf.log()).contains("AppArmor can't be used, pools with apparmor_hat don't start: ");
        }
    }

    /** Another demo pool, with a hat. */
    private void addTenant(Karaf karaf) throws IOException {
        String demo = Files.readString(Demo.file(karaf));
        String address = "listen = 127.0.0.1:9000\n";
        assertThat(demo).contains(address);
        Files.writeString(
                karaf.file(TENANT), demo.replace(address, "listen = " + tenant + "\napparmor_hat = tenant\n"));
        karaf.awaitLog("[pool tenant] ");
    }

    private void inOrders(Karaf karaf) {
        List<Long> bundles = new ArrayList<>();
        for (String name : List.of(
                "org.apache.felix.scr", "org.apache.felix.configadmin", "dev.hatter.process", "dev.hatter.pool")) {
            bundles.add(karaf.bundle(name));
        }
        List<List<Long>> orders = Orders.of(bundles);
        for (int i = 0; i < orders.size(); i += STRIDE) {
            orders.get(i).forEach(bundle -> karaf.call(bundle, "stop"));
            assertThat(Demo.isServed()).as("demo pool while all is stopped").isFalse();
            orders.get(i).forEach(bundle -> karaf.call(bundle, "start"));
            awaitDemoAlone();
        }
    }

    /** What makes the service mandatory for that pool isn't the user's. */
    private static void nothingOfOursIsWrittenBack(Karaf karaf) {
        karaf.ask("config:property-set -p dev.hatter.pool~tenant pm.max_children 16");
        await("write-back").atMost(SOON).until(() -> tenantFile(karaf), text -> text.contains("pm.max_children = 16"));
        assertThat(tenantFile(karaf)).contains("apparmor_hat = tenant").doesNotContain("cardinality");
    }

    private static String tenantFile(Karaf karaf) {
        try {
            return Files.readString(karaf.file(TENANT));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The demo pool is back, the other isn't there. */
    private void awaitDemoAlone() {
        Demo.awaitServed();
        assertThat(listens()).as("socket of the pool with a hat").isFalse();
    }

    /** To be asked before SCR is restarted: from then on Karaf's command tells of no configuration at all. */
    private static void awaitReason(Karaf karaf) {
        await("what is missing")
                .atMost(SOON)
                .until(() -> karaf.ask("scr:info dev.hatter.pool"), KarafConfinementIT::isRefused);
    }

    private static boolean isRefused(String info) {
        return info.contains("apparmor_hat<String> = tenant")
                && info.contains("confinement: dev.hatter.process.Confinement UNSATISFIED");
    }

    private boolean listens() {
        try (var channel = tenant.connect()) {
            return channel.isConnected();
        } catch (IOException e) {
            return false;
        }
    }
}
