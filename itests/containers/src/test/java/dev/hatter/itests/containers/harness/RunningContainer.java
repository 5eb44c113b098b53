// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.containers.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.ops4j.pax.exam.ExamSystem;
import org.ops4j.pax.exam.TestAddress;
import org.ops4j.pax.exam.TestContainer;
import org.ops4j.pax.exam.TestContainerException;
import org.ops4j.pax.exam.TestContainerFactory;
import org.ops4j.pax.exam.TestProbeBuilder;
import org.ops4j.pax.exam.spi.PaxExamRuntime;
import org.osgi.framework.Constants;

/** The container of this test run, {@code hatter.container}, started by Pax Exam. */
final class RunningContainer implements AutoCloseable {
    /**
     * What the tests themselves are made of. Never a package of ours: they are to see our bundles come and go without being
     * refreshed with them.
     */
    private static final String IMPORTS = String.join(
            ",",
            "org.osgi.*",
            "org.apache.felix.service.command",
            "org.junit.jupiter.*",
            "org.assertj.*",
            "org.awaitility",
            "org.awaitility.*",
            "org.opentest4j",
            "org.hamcrest.*",
            "dev.hatter.itests.peers.harness");

    /** What a test's own exception comes in. */
    private static final Set<Class<?>> WRAPPINGS =
            Set.of(RuntimeException.class, TestContainerException.class, InvocationTargetException.class);

    private final Kind kind;
    private final ExamSystem system;
    private final TestContainer container;
    private volatile boolean called;

    private RunningContainer(Kind kind, ExamSystem system, TestContainer container) {
        this.kind = kind;
        this.system = system;
        this.container = container;
    }

    static RunningContainer start() {
        Kind kind = Kind.chosen();
        try {
            ExamSystem system = PaxExamRuntime.createTestSystem(kind.options());
            TestContainerFactory factory = PaxExamRuntime.getTestContainerFactory(kind.factory());
            TestContainer container = factory.create(system)[0];
            container.start();
            return new RunningContainer(kind, system, container);
        } catch (IOException e) {
            kind.close();
            throw new UncheckedIOException(e);
        } catch (RuntimeException e) {
            kind.close();
            throw e;
        }
    }

    /** Brings that class's tests into the container and says by which address each method is called. */
    Map<String, TestAddress> install(Class<?> tests) {
        try {
            TestProbeBuilder probe = system.createProbe();
            probe.setHeader(Constants.BUNDLE_SYMBOLICNAME, tests.getName());
            probe.setHeader(Constants.IMPORT_PACKAGE, "org.osgi.framework");
            probe.setHeader(Constants.DYNAMICIMPORT_PACKAGE, IMPORTS);
            Map<String, TestAddress> addresses = new HashMap<>();
            for (Method method :
                    AnnotationSupport.findAnnotatedMethods(tests, Test.class, HierarchyTraversalMode.TOP_DOWN)) {
                addresses.put(method.getName(), probe.addTest(tests, method.getName()));
            }
            container.install(tests.getName(), probe.build().getStream());
            return addresses;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs it inside; what it threw there is thrown here. */
    void call(TestAddress test) throws Throwable {
        called = true;
        try {
            container.call(test);
        } catch (RuntimeException e) {
            throw cause(e);
        } finally {
            called = false;
        }
    }

    private static Throwable cause(Throwable thrown) {
        Throwable cause = thrown;
        while (WRAPPINGS.contains(cause.getClass()) && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    @Override
    public void close() {
        try (kind) {
            if (!called) { // else a test hangs, and stopping would wait for it
                container.stop();
            }
        }
    }
}
