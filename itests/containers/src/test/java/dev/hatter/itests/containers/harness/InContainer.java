// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.containers.harness;

import java.lang.reflect.Method;
import java.util.Map;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.ops4j.pax.exam.TestAddress;
import org.osgi.framework.BundleContext;

/**
 * Runs the test methods of a class inside the container, which all classes of a run share. The class and its methods
 * must be public; a parameter of type BundleContext is the one of the bundle that the tests are in there. What is before
 * or after each isn't run in the container: tests clean up themselves.
 */
public final class InContainer
        implements BeforeAllCallback, ExecutionCondition, InvocationInterceptor, ParameterResolver {
    private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(InContainer.class);

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return Kind.isKaraf() && KarafJava.isTooNew()
                ? ConditionEvaluationResult.disabled(KarafJava.REASON)
                : ConditionEvaluationResult.enabled("there is such a container");
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        RunningContainer container = container(context);
        context.getStore(NAMESPACE).put("addresses", container.install(context.getRequiredTestClass()));
    }

    private static RunningContainer container(ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent(RunningContainer.class, key -> started(context), RunningContainer.class);
    }

    private static RunningContainer started(ExtensionContext context) {
        String seed = "junit.jupiter.execution.order.random.seed";
        System.out.println("order of the tests: -Dhatter.seed="
                + context.getConfigurationParameter(seed).orElseThrow());
        return RunningContainer.start();
    }

    @Override
    public void interceptTestMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        invocation.skip();
        Map<?, ?> addresses = context.getStore(NAMESPACE).get("addresses", Map.class);
        container(context)
                .call((TestAddress) addresses.get(method.getExecutable().getName()));
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == BundleContext.class;
    }

    /** The real one is given inside. */
    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return null;
    }
}
