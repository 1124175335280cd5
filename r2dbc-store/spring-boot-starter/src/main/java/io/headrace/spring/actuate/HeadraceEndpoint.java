package io.headrace.spring.actuate;

import io.headrace.FailedJobs;
import io.headrace.HeadraceException;
import io.headrace.JobId;
import io.headrace.JobOperator;
import io.headrace.JobTotals;
import io.headrace.QueueSnapshot;
import io.headrace.StoreException;
import io.headrace.WorkerSnapshot;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import reactor.core.publisher.Mono;

/**
 * The actuator endpoint {@code headrace}: queues, workers and counts to read; queues to pause and resume, failed jobs to retry
 * and discard. Not exposed over HTTP unless {@code management.endpoints.web.exposure.include} names it. Thread-safe.
 */
@Endpoint(id = "headrace")
public final class HeadraceEndpoint {

    private final JobOperator operator;

    /** @param operator by which it reads and decides */
    public HeadraceEndpoint(JobOperator operator) {
        this.operator = Objects.requireNonNull(operator, "operator");
    }

    /**
     * What there is, at one moment or nearly so.
     *
     * @param queues what the queues hold, and whether they are paused
     * @param workers the engines, as the store knows them
     * @param totals how many jobs ended and how
     */
    public record Overview(List<QueueSnapshot> queues, List<WorkerSnapshot> workers, List<JobTotals> totals) {}

    /** What can be decided. */
    public enum Decision {
        /** To claim nothing from a queue. */
        PAUSE,
        /** To claim from it again. */
        RESUME,
        /** To make failed tombstones pending again. */
        RETRY,
        /** To let failed tombstones go. */
        DISCARD
    }

    /**
     * What became of a queue.
     *
     * @param queue its name
     * @param paused whether it is paused now
     */
    public record Paused(String queue, boolean paused) {}

    /** Reads everything that is to be seen; counts, so it is for people. */
    @ReadOperation
    public Mono<Overview> overview() {
        return Mono.zip(
                        operator.queues().collectList(),
                        operator.workers().collectList(),
                        operator.totals().collectList())
                .map(all -> new Overview(all.getT1(), all.getT2(), all.getT3()));
    }

    /**
     * Decides.
     *
     * @param decision what
     * @param ids which failed jobs, for retry and discard, unless kind or queue says which; in a request one text, with commas,
     *     as the actuator takes no lists
     * @param kind of which kind
     * @param queue of which queue; for pause and resume, which queue
     * @return what became of it: a {@link Paused}, a {@link io.headrace.RetryReport} or a {@link io.headrace.DiscardReport};
     *     errs with an {@link InvalidEndpointRequestException} if it is not clear what is meant
     */
    @WriteOperation
    public Mono<?> decide(
            @Selector Decision decision, @Nullable List<String> ids, @Nullable String kind, @Nullable String queue) {
        Mono<?> done = Mono.defer(() -> switch (decision) {
            case PAUSE -> paused(queue, true);
            case RESUME -> paused(queue, false);
            case RETRY -> operator.retryFailed(select(ids, kind, queue));
            case DISCARD -> operator.discard(select(ids, kind, queue));
        });
        return done.onErrorMap(HeadraceEndpoint::isTheCallersFault, HeadraceEndpoint::invalid);
    }

    private Mono<Paused> paused(@Nullable String queue, boolean pause) {
        if (queue == null) {
            throw new IllegalArgumentException("Missing parameter 'queue'");
        }
        return (pause ? operator.pause(queue) : operator.resume(queue)).thenReturn(new Paused(queue, pause));
    }

    private static FailedJobs select(@Nullable List<String> ids, @Nullable String kind, @Nullable String queue) {
        return FailedJobs.select(
                ids == null ? null : ids.stream().map(JobId::parse).toList(), kind, queue);
    }

    private static boolean isTheCallersFault(Throwable error) {
        return error instanceof IllegalArgumentException
                || (error instanceof HeadraceException && !(error instanceof StoreException));
    }

    private static Throwable invalid(Throwable error) {
        String reason = Objects.requireNonNullElse(error.getMessage(), error.toString());
        return new InvalidEndpointRequestException(reason, reason, error);
    }
}
