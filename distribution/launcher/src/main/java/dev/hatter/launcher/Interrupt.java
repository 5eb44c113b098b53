// SPDX-License-Identifier: Apache-2.0
package dev.hatter.launcher;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The signal INT, told apart from TERM, which a shutdown hook can't do. By sun.misc.Signal, the only way there is (module
 * jdk.unsupported); by reflection, because the compiler warns of it in a way that can't be switched off.
 */
final class Interrupt {
    private Interrupt() {}

    /** The first INT does one thing, each further one another. */
    static void handle(Runnable first, Runnable further) {
        AtomicInteger count = new AtomicInteger();
        InvocationHandler handler = (proxy, method, args) -> {
            if (method.getName().equals("handle")) {
                (count.getAndIncrement() == 0 ? first : further).run();
                return null;
            }
            return method.getName().equals("hashCode")
                    ? 1
                    : method.getName().equals("equals") ? proxy == args[0] : "INT";
        };
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> type = Class.forName("sun.misc.SignalHandler");
            Object proxy = Proxy.newProxyInstance(Interrupt.class.getClassLoader(), new Class<?>[] {type}, handler);
            signal.getMethod("handle", signal, type)
                    .invoke(null, signal.getConstructor(String.class).newInstance("INT"), proxy);
        } catch (ReflectiveOperationException | IllegalArgumentException e) {
            Logs.warning("INT is handled like TERM: " + e);
        }
    }
}
