package io.headrace.spring.autoconfigure;

import java.util.concurrent.atomic.AtomicReference;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalysisReporter;

/** What Spring Boot would tell somebody whose application has not started. */
public final class KeptReport implements FailureAnalysisReporter {

    private static final AtomicReference<FailureAnalysis> LAST = new AtomicReference<>();

    @Override
    public void report(FailureAnalysis analysis) {
        LAST.set(analysis);
    }

    /** The last report, which is forgotten. */
    static FailureAnalysis take() {
        return LAST.getAndSet(null);
    }
}
