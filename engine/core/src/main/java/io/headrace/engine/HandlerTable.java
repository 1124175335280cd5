package io.headrace.engine;

import io.headrace.JobHandler;
import io.headrace.spi.ClaimRequest;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

/** The handlers of one engine, by kind. Immutable. */
record HandlerTable(Map<String, JobHandler<?>> byKind) {

    /** Beyond a handler's timeout, for the wait before it and the settlement after it. */
    private static final Duration LEASE_MARGIN = Duration.ofMinutes(5);

    HandlerTable {
        byKind = Map.copyOf(byKind);
    }

    boolean anyBlocks() {
        return byKind.values().stream().anyMatch(JobHandler::isBlocking);
    }

    /** On which terms jobs of each kind are claimed. */
    Map<String, ClaimRequest.Terms> terms() {
        return byKind.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, entry -> terms(entry.getValue())));
    }

    static ClaimRequest.Terms terms(JobHandler<?> handler) {
        return new ClaimRequest.Terms(
                handler.retry().maxAttempts(), handler.timeout().plus(LEASE_MARGIN));
    }
}
