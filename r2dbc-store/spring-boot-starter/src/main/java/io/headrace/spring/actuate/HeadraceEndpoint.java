package io.headrace.spring.actuate;

import io.headrace.FailedJobs;
import io.headrace.HeadraceException;
import io.headrace.JobId;
import io.headrace.JobOperator;
import io.headrace.JobTotals;
import io.headrace.QueueSnapshot;
import io.headrace.StoreException;
import io.headrace.WorkerSnapshot;
import io.headrace.operate.Actor;
import java.security.Principal;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import reactor.core.publisher.Mono;

/**
 * The actuator endpoint {@code headrace}: shows queues, workers and counts, pauses and resumes queues, retries and
 * discards failed jobs. Not exposed over HTTP unless {@code management.endpoints.web.exposure.include} names it.
 * Thread-safe.
 */
@Endpoint(id = "headrace")
public final class HeadraceEndpoint {

    private final JobOperator operator;

    /** @param operator carries out the operations */
    public HeadraceEndpoint(JobOperator operator) {
        this.operator = Objects.requireNonNull(operator, "operator");
    }

    /**
     * An overview of the store, at approximately one moment.
     *
     * @param queues the contents of the queues, and whether they are paused
     * @param workers the engines, as the store knows them
     * @param totals how many jobs ended, by state
     */
    public record Overview(List<QueueSnapshot> queues, List<WorkerSnapshot> workers, List<JobTotals> totals) {}

    /** The available operations. */
    public enum Decision {
        /** Pauses a queue. */
        PAUSE,
        /** Resumes a queue. */
        RESUME,
        /** Retries failed jobs. */
        RETRY,
        /** Discards failed jobs. */
        DISCARD
    }

    /**
     * The result of pausing or resuming a queue.
     *
     * @param queue the name of the queue
     * @param paused whether the queue is now paused
     */
    public record Paused(String queue, boolean paused) {}

    /** Returns the overview. Counts jobs, so it is meant for people. */
    @ReadOperation
    public Mono<Overview> overview() {
        return Mono.zip(
                        operator.queues().collectList(),
                        operator.workers().collectList(),
                        operator.totals().collectList())
                .map(all -> new Overview(all.getT1(), all.getT2(), all.getT3()));
    }

    /**
     * Carries out an operation. It is logged under the name of the authenticated user, or as {@code actuator} if there is
     * none, see {@link JobOperator#decisions}.
     *
     * @param caller who calls; the actuator passes it
     * @param decision the operation
     * @param ids the failed jobs to retry or discard, unless selected otherwise; in a request, a single string
     *     separated by commas, because the actuator accepts no lists
     * @param kind the kind of the failed jobs
     * @param queue the queue of the failed jobs; for pause and resume, the queue itself
     * @param fingerprint the fingerprint of the last failure of the failed jobs
     * @return the result: a {@link Paused}, a {@link io.headrace.RetryReport} or a {@link io.headrace.DiscardReport};
     *     fails with an {@link InvalidEndpointRequestException} if the request is ambiguous or invalid
     */
    @WriteOperation
    public Mono<?> decide(
            SecurityContext caller,
            @Selector Decision decision,
            @Nullable List<String> ids,
            @Nullable String kind,
            @Nullable String queue,
            @Nullable String fingerprint) {
        Mono<?> done = Mono.defer(() -> {
            JobOperator desk = operator.as(actor(caller));
            return switch (decision) {
                case PAUSE -> paused(desk, queue, true);
                case RESUME -> paused(desk, queue, false);
                case RETRY -> desk.retryFailed(select(ids, kind, queue, fingerprint));
                case DISCARD -> desk.discard(select(ids, kind, queue, fingerprint));
            };
        });
        return done.onErrorMap(HeadraceEndpoint::isTheCallersFault, HeadraceEndpoint::invalid);
    }

    /** Whoever may call the endpoint may do what it offers: the rules of the application decide who that is. */
    private static Actor actor(SecurityContext caller) {
        Principal user = caller.getPrincipal();
        return Actor.withAllRights(user == null ? "actuator" : user.getName());
    }

    private static Mono<Paused> paused(JobOperator desk, @Nullable String queue, boolean pause) {
        if (queue == null) {
            throw new IllegalArgumentException("Missing parameter 'queue'");
        }
        return (pause ? desk.pause(queue) : desk.resume(queue)).thenReturn(new Paused(queue, pause));
    }

    private static FailedJobs select(
            @Nullable List<String> ids, @Nullable String kind, @Nullable String queue, @Nullable String fingerprint) {
        return FailedJobs.select(
                ids == null ? null : ids.stream().map(JobId::parse).toList(), kind, queue, fingerprint);
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
