// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.containers.invoker;

import java.lang.reflect.InvocationTargetException;
import org.ops4j.pax.exam.ProbeInvoker;
import org.ops4j.pax.exam.TestContainerException;
import org.osgi.framework.BundleContext;

/** Calls one test method of the bundle that has it. */
public final class PlainInvoker implements ProbeInvoker {
    private final BundleContext tests;
    private final String type;
    private final String method;

    /** @param expression {@code CLASS;METHOD} */
    PlainInvoker(BundleContext tests, String expression) {
        this.tests = tests;
        int semicolon = expression.indexOf(';');
        this.type = expression.substring(0, semicolon);
        this.method = expression.substring(semicolon + 1);
    }

    @Override
    public void call(Object... none) {
        try {
            Class<?> loaded = tests.getBundle().loadClass(type);
            loaded.getMethod(method, BundleContext.class)
                    .invoke(loaded.getDeclaredConstructor().newInstance(), tests);
        } catch (InvocationTargetException e) {
            throw new TestContainerException(e.getTargetException());
        } catch (ReflectiveOperationException e) {
            throw new TestContainerException(e);
        }
    }
}
