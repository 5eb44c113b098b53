// SPDX-License-Identifier: Apache-2.0
package dev.hatter.fastcgi;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetector.LeakListener;
import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Fails a test class in which a buffer was not released. */
public class LeakGuard implements BeforeAllCallback, AfterAllCallback {
    private static final List<String> LEAKS = new CopyOnWriteArrayList<>();
    private static final int COLLECTIONS = 3;
    private static final long WITNESS_MILLIS = 1000;

    @Override
    public void beforeAll(ExtensionContext context) {
        if (ResourceLeakDetector.getLevel() != ResourceLeakDetector.Level.PARANOID) {
            throw new IllegalStateException("run the tests with -Dio.netty.leakDetection.level=paranoid");
        }
        ByteBufUtil.setLeakListener(new LeakListener() {
            @Override
            public void onLeak(String resourceType, String records) {
                LEAKS.add(resourceType + records);
            }
        });
    }

    @Override
    public void afterAll(ExtensionContext context) {
        for (int i = 0; i < COLLECTIONS; i++) {
            collectGarbage();
            provokeReport();
        }
        if (!LEAKS.isEmpty()) {
            List<String> leaks = List.copyOf(LEAKS);
            LEAKS.clear();
            throw new AssertionError(leaks.size() + " buffers were not released, the first: " + leaks.get(0));
        }
    }

    /** Collects, and waits until what was collected is known: the JVM tells it from a thread of its own. */
    private static void collectGarbage() {
        ReferenceQueue<Object> queue = new ReferenceQueue<>();
        PhantomReference<Object> witness = new PhantomReference<>(new Object(), queue);
        try {
            do {
                System.gc();
            } while (queue.remove(WITNESS_MILLIS) != witness);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Leaks are reported when the next buffer is made. */
    private static void provokeReport() {
        PooledByteBufAllocator.DEFAULT.directBuffer(1).release();
    }
}
