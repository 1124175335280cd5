package io.headrace.engine.settle;

import io.headrace.spi.FailureTrace;
import io.headrace.spi.Verdict;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * How many characters failures add to a statement. A store is sent each trace once, so one that was counted lately does not
 * count again: not more than 256 traces are left uncounted. Thread-safe.
 */
final class FailureLength {

    private static final int MOST = 256;

    private final Set<FailureTrace> counted = ConcurrentHashMap.newKeySet();

    long length(Verdict.@Nullable Failure failure) {
        if (failure == null) {
            return 0;
        }
        String message = failure.message();
        FailureTrace trace = failure.trace();
        long words = failure.type().length() + (message == null ? 0L : message.length());
        return words + (trace == null || !isNew(trace) ? 0L : trace.text().length());
    }

    private boolean isNew(FailureTrace trace) {
        if (counted.contains(trace)) {
            return false;
        }
        if (counted.size() >= MOST) {
            counted.clear();
        }
        return counted.add(trace);
    }
}
