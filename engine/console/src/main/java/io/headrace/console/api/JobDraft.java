package io.headrace.console.api;

import io.headrace.JobType;
import io.headrace.NewJob;
import io.headrace.console.json.RawJson;
import io.headrace.console.problem.ProblemCode;
import io.headrace.console.problem.ProblemException;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A job to enqueue.
 *
 * @param payload JSON text, stored digit by digit
 */
record JobDraft(
        @Nullable String kind,
        @Nullable String payload,
        @Nullable String queue,
        @Nullable Integer priority,
        @Nullable Instant runAt,
        @Nullable Integer maxAttempts,
        @Nullable String uniqueKey,
        @Nullable Map<String, String> headers) {

    NewJob<RawJson> job() {
        NewJob<RawJson> job =
                JobType.of(Bodies.required("kind", kind), RawJson.class).job(json(Bodies.required("payload", payload)));
        job = queue == null ? job : job.queue(queue);
        job = priority == null ? job : job.priority(priority);
        job = runAt == null ? job : job.runAt(runAt);
        job = maxAttempts == null ? job : job.maxAttempts(maxAttempts);
        job = uniqueKey == null ? job : job.uniqueKey(uniqueKey);
        for (Map.Entry<String, String> header :
                headers == null ? Map.<String, String>of().entrySet() : headers.entrySet()) {
            job = job.header(header.getKey(), Bodies.required(header.getKey(), header.getValue()));
        }
        return job;
    }

    private static RawJson json(String text) {
        try {
            return RawJson.of(text);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(ProblemCode.INVALID_BODY, "payload: " + e.getMessage(), e);
        }
    }
}
