// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.containers.inside;

import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Converter;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;

/** The container's console. */
public final class Gogo {
    private Gogo() {}

    /** Waits until a user who types that command reads that. */
    public static void awaitAnswer(Container container, String command, Predicate<String> expected) {
        await(command).atMost(Container.READY).until(() -> ask(container, command), expected);
    }

    private static String ask(Container container, String command) {
        return container.with(CommandProcessor.class, processor -> {
            ByteArrayOutputStream printed = new ByteArrayOutputStream();
            try (PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
                    CommandSession session = processor.createSession(new ByteArrayInputStream(new byte[0]), out, out)) {
                Object result = session.execute(command);
                out.print(format(container, result));
                return printed.toString(StandardCharsets.UTF_8);
            } catch (Exception e) {
                throw new AssertionError(command, e);
            }
        });
    }

    /** By who is there now: the shell itself also asks an SCR that was stopped, which knows of no component any more. */
    private static CharSequence format(Container container, Object result) throws Exception {
        BundleContext context = container.context();
        for (ServiceReference<Converter> converter : context.getServiceReferences(Converter.class, null)) {
            CharSequence text = context.getService(converter).format(result, Converter.INSPECT, null);
            context.ungetService(converter);
            if (text != null) {
                return text;
            }
        }
        return "";
    }
}
