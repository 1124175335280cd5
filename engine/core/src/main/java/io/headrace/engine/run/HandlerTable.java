package io.headrace.engine.run;

import io.headrace.JobHandler;
import io.headrace.spi.ClaimRequest;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

/** The handlers of one engine, by kind. Immutable. */
public record HandlerTable(Map<String, JobHandler<?>> byKind) {

    /** Beyond a handler's timeout and the wait before it, for the settlement after it. */
    private static final Duration LEASE_MARGIN = Duration.ofMinutes(5);

    public HandlerTable {
        byKind = Map.copyOf(byKind);
    }

    public boolean anyBlocks() {
        return byKind.values().stream().anyMatch(JobHandler::isBlocking);
    }

    /** On which terms jobs of each kind are claimed. */
    public Map<String, ClaimRequest.Terms> terms(Duration longestWait) {
        return byKind.entrySet().stream()
                .collect(
                        Collectors.toUnmodifiableMap(Map.Entry::getKey, entry -> terms(entry.getValue(), longestWait)));
    }

    /**
     * On which terms jobs of one kind are claimed.
     *
     * @param longestWait how long a job may wait here before its handler begins
     */
    public static ClaimRequest.Terms terms(JobHandler<?> handler, Duration longestWait) {
        return new ClaimRequest.Terms(
                handler.retry().maxAttempts(),
                handler.timeout().plus(longestWait).plus(LEASE_MARGIN));
    }
}
