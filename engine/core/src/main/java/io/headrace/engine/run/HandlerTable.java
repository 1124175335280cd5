package io.headrace.engine.run;

import io.headrace.InvalidSettingException;
import io.headrace.JobHandler;
import io.headrace.QueueSettings;
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

    /**
     * Returns this table.
     *
     * @throws InvalidSettingException if a call of a batch handler could never be full
     */
    public HandlerTable fitting(Map<String, QueueSettings> queues) {
        int slots = queues.values().stream()
                .mapToInt(QueueSettings::concurrency)
                .max()
                .orElse(0);
        byKind.forEach((kind, handler) -> {
            JobHandler.Batching<?> batching = handler.batching();
            if (batching != null && batching.settings().most() > slots) {
                throw new InvalidSettingException(
                        "most",
                        "a call of kind '" + kind + "' gets up to "
                                + batching.settings().most()
                                + " jobs, but no queue has a concurrency of more than " + slots
                                + ". Raise the concurrency, or lower most");
            }
        });
        return this;
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
        JobHandler.Batching<?> batching = handler.batching();
        Duration forOthers =
                batching == null ? Duration.ZERO : batching.settings().longestWait();
        return new ClaimRequest.Terms(
                handler.retry().maxAttempts(),
                handler.timeout().plus(longestWait).plus(forOthers).plus(LEASE_MARGIN));
    }
}
