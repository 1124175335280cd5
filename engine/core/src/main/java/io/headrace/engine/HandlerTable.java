package io.headrace.engine;

import io.headrace.JobHandler;
import io.headrace.spi.ClaimRequest;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

/** The handlers of one engine, by kind. Immutable. */
record HandlerTable(Map<String, JobHandler<?>> byKind) {

    /** Beyond a handler's timeout and the wait before it, for the settlement after it. */
    private static final Duration LEASE_MARGIN = Duration.ofMinutes(5);

    HandlerTable {
        byKind = Map.copyOf(byKind);
    }

    boolean anyBlocks() {
        return byKind.values().stream().anyMatch(JobHandler::isBlocking);
    }

    /** On which terms jobs of each kind are claimed. */
    Map<String, ClaimRequest.Terms> terms(Duration longestWait) {
        return byKind.entrySet().stream()
                .collect(
                        Collectors.toUnmodifiableMap(Map.Entry::getKey, entry -> terms(entry.getValue(), longestWait)));
    }

    /** @param longestWait how long a job may wait here before its handler begins */
    static ClaimRequest.Terms terms(JobHandler<?> handler, Duration longestWait) {
        return new ClaimRequest.Terms(
                handler.retry().maxAttempts(),
                handler.timeout().plus(longestWait).plus(LEASE_MARGIN));
    }
}
