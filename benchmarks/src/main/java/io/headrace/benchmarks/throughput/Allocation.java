package io.headrace.benchmarks.throughput;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.Map;

/**
 * What all threads of this JVM allocate, to the byte, whoever collects it and when: the JVM counts it for each thread. A
 * thread that ends in between takes its count with it; the engine and the driver keep theirs.
 */
public final class Allocation {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final Map<Long, Long> before = counts();

    private Allocation() {}

    /** From now on. */
    public static Allocation begin() {
        return new Allocation();
    }

    /** Since it began. */
    public long bytes() {
        return counts().entrySet().stream()
                .mapToLong(thread -> thread.getValue() - before.getOrDefault(thread.getKey(), 0L))
                .sum();
    }

    private static Map<Long, Long> counts() {
        long[] ids = THREADS.getAllThreadIds();
        long[] bytes = THREADS.getThreadAllocatedBytes(ids);
        Map<Long, Long> counts = new HashMap<>();
        for (int i = 0; i < ids.length; i++) {
            // Below zero for a thread that ended between the two calls.
            if (bytes[i] >= 0) {
                counts.put(ids[i], bytes[i]);
            }
        }
        return counts;
    }
}
