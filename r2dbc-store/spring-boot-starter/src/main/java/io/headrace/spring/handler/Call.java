package io.headrace.spring.handler;

import io.headrace.HandlerContractException;
import io.headrace.Job;
import io.headrace.JobHandler;
import io.headrace.JobType;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/** What is called for a job; what it is declared to return says how it runs. */
@FunctionalInterface
interface Call {

    /**
     * Makes the call.
     *
     * @throws Exception that the code of the application threw
     */
    @Nullable
    Object on(Job<Object> job) throws Exception;

    /** The handler that makes this call. */
    default JobHandler<Object> handler(JobType<Object> type, Class<?> declared) {
        if (Publisher.class.isAssignableFrom(declared)) {
            return JobHandler.of(type, this::publisher);
        }
        if (CompletionStage.class.isAssignableFrom(declared)) {
            return JobHandler.of(type, this::stage);
        }
        return JobHandler.blocking(type, this::value);
    }

    private Publisher<?> publisher(Job<Object> job) {
        try {
            return notNull(job, (Publisher<?>) on(job));
        } catch (Exception e) {
            return Mono.error(e);
        }
    }

    private Publisher<?> stage(Job<Object> job) {
        try {
            return Mono.fromCompletionStage(notNull(job, (CompletionStage<?>) on(job)));
        } catch (Exception e) {
            return Mono.error(e);
        }
    }

    private static <T> T notNull(Job<?> job, @Nullable T answer) {
        if (answer == null) {
            throw new HandlerContractException(job.kind(), "returned null instead of a publisher or a stage");
        }
        return answer;
    }

    /** Nobody would subscribe to a publisher that comes as any object. */
    private @Nullable Object value(Job<Object> job) throws Exception {
        Object answer = on(job);
        if (answer instanceof Publisher<?> || answer instanceof CompletionStage<?>) {
            throw new HandlerContractException(
                    job.kind(),
                    "returned a " + answer.getClass().getSimpleName()
                            + " but its declaration names neither Publisher nor CompletionStage: declare the actual return type");
        }
        return answer;
    }
}
