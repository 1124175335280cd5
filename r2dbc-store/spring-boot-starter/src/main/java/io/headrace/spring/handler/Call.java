package io.headrace.spring.handler;

import io.headrace.BatchSettings;
import io.headrace.HandlerContractException;
import io.headrace.Job;
import io.headrace.JobBatch;
import io.headrace.JobHandler;
import io.headrace.JobType;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/**
 * What is called for a job, or for many; what it is declared to return says how it runs.
 *
 * @param <J> the job, or the batch
 */
@FunctionalInterface
interface Call<J> {

    /**
     * Makes the call.
     *
     * @throws Exception that the code of the application threw
     */
    @Nullable
    Object on(J jobs) throws Exception;

    /** The handler that makes a call for each job. */
    static JobHandler<Object> handler(Call<Job<Object>> call, JobType<Object> type, Class<?> declared) {
        String kind = type.kind();
        if (Publisher.class.isAssignableFrom(declared)) {
            return JobHandler.of(type, job -> call.publisher(job, kind));
        }
        if (CompletionStage.class.isAssignableFrom(declared)) {
            return JobHandler.of(type, job -> call.stage(job, kind));
        }
        return JobHandler.blocking(type, job -> call.value(job, kind));
    }

    /**
     * The handler that makes a call for each job in a transaction.
     *
     * @param transaction is around each call; {@code null} if the jobs are not in a database
     */
    static JobHandler<Object> handler(
            Call<Job<Object>> call,
            JobType<Object> type,
            Class<?> declared,
            String where,
            @Nullable InTransaction transaction) {
        boolean isPublisher = Publisher.class.isAssignableFrom(declared);
        if (!isPublisher && !CompletionStage.class.isAssignableFrom(declared)) {
            throw Unusable.blocksInTransaction(where);
        }
        if (transaction == null) {
            return handler(call, type, declared);
        }
        String kind = type.kind();
        return JobHandler.of(
                type,
                job -> transaction.around(job, one -> isPublisher ? call.publisher(one, kind) : call.stage(one, kind)));
    }

    /** The handler that makes a call for many jobs. */
    static JobHandler<Object> handler(
            Call<JobBatch<Object>> call,
            JobType<Object> type,
            Class<?> declared,
            UnaryOperator<BatchSettings> settings) {
        String kind = type.kind();
        if (Publisher.class.isAssignableFrom(declared)) {
            return JobHandler.batch(type, settings, batch -> call.publisher(batch, kind));
        }
        if (CompletionStage.class.isAssignableFrom(declared)) {
            return JobHandler.batch(type, settings, batch -> call.stage(batch, kind));
        }
        return JobHandler.blockingBatch(type, settings, batch -> call.value(batch, kind));
    }

    private Publisher<?> publisher(J jobs, String kind) {
        try {
            return notNull(kind, (Publisher<?>) on(jobs));
        } catch (Exception e) {
            return Mono.error(e);
        }
    }

    private Publisher<?> stage(J jobs, String kind) {
        try {
            return Mono.fromCompletionStage(notNull(kind, (CompletionStage<?>) on(jobs)));
        } catch (Exception e) {
            return Mono.error(e);
        }
    }

    private static <T> T notNull(String kind, @Nullable T answer) {
        if (answer == null) {
            throw new HandlerContractException(kind, "returned null instead of a publisher or a stage");
        }
        return answer;
    }

    /** Nobody would subscribe to a publisher that comes as any object. */
    private @Nullable Object value(J jobs, String kind) throws Exception {
        Object answer = on(jobs);
        if (answer instanceof Publisher<?> || answer instanceof CompletionStage<?>) {
            throw new HandlerContractException(
                    kind,
                    "returned a " + answer.getClass().getSimpleName()
                            + " but its declaration names neither Publisher nor CompletionStage: declare the actual return type");
        }
        return answer;
    }
}
