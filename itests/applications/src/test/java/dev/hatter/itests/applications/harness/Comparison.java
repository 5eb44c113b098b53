// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.applications.harness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hatter.itests.peers.harness.All;
import dev.hatter.itests.peers.harness.Apache;
import dev.hatter.itests.peers.harness.Backend;
import dev.hatter.itests.peers.harness.FrontServer;
import dev.hatter.itests.peers.harness.Logs;
import dev.hatter.itests.peers.harness.Nginx;
import dev.hatter.itests.peers.harness.Scratch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The same visit to an application behind php-fpm and behind Hatter. */
public final class Comparison {
    private static final int CHILDREN = 8;

    private Comparison() {}

    public static List<FrontServer> webServers() {
        return List.of(new Nginx(), new Apache());
    }

    /** Fails where anything that is seen behind Hatter isn't what is seen behind php-fpm. */
    public static void noStepDiffers(PhpApplication application, FrontServer web) throws IOException {
        Story expected = visit(application, web, Manager.PHP_FPM);
        for (Manager hatter : managers(web)) {
            Story seen = visit(application, web, hatter);
            assertThat(seen.differences(expected)).as("%s, %s", web, hatter).isEmpty();
        }
    }

    /** Each behind one web server, in the long run behind all. */
    private static List<Manager> managers(FrontServer web) {
        return All.runs()
                ? List.of(Manager.HATTER, Manager.HATTER_GROUP)
                : List.of(web instanceof Nginx ? Manager.HATTER : Manager.HATTER_GROUP);
    }

    private static Story visit(PhpApplication application, FrontServer web, Manager manager) throws IOException {
        try (Scratch scratch = Scratch.create()) {
            Path log = scratch.path().resolve("php.log");
            PhpPool pool = pool(scratch, log);
            Path root = application.install(scratch);
            try (Manager.Running running = manager.start(pool);
                    FrontServer.Front front = web.start(manager.site(root, pool))) {
                Normal common =
                        new Normal().text(front.uri("").getAuthority(), "HOST").text(scratch.path(), "SCRATCH");
                Story story = new Story(application.normal(common).common());
                application.visit(new PhpApplication.Site(root, scratch, front, story));
                story.tell("PHP's log", complaints(log));
                Logs.say("      %s, %s: %d answers", web, manager, story.answers());
                story.keep("story-%s-%s".formatted(web.getClass().getSimpleName(), manager));
                return story;
            }
        }
    }

    private static PhpPool pool(Scratch scratch, Path log) {
        Map<String, String> settings = new LinkedHashMap<>();
        // else it's a matter of time when which worker sees a configuration that was changed
        settings.put("php_admin_value[opcache.revalidate_freq]", "0");
        settings.put("php_value[max_execution_time]", "300");
        settings.put("php_value[upload_max_filesize]", "16M");
        settings.put("php_value[post_max_size]", "20M");
        settings.put("php_admin_flag[log_errors]", "on");
        settings.put("php_admin_value[error_log]", log.toString());
        settings.put(
                "php_admin_value[session.save_path]",
                scratch.writable("sessions").toString());
        Backend.Unix listen = new Backend.Unix(scratch.path().resolve("php.sock"));
        Scratch.setMode(scratch.path(), "rwxrwxrwx"); // for the log
        return new PhpPool("php", listen, CHILDREN, settings);
    }

    /** What PHP has complained of, each complaint once: how often is a matter of time. */
    private static String complaints(Path log) throws IOException {
        if (!Files.exists(log)) {
            return "";
        }
        try (Stream<String> lines = Files.lines(log)) {
            return lines.map(line -> line.replaceFirst("^\\[[^]]*] ", ""))
                    .distinct()
                    .sorted()
                    .collect(Collectors.joining("\n"));
        }
    }
}
