package io.headrace.benchmarks.peer;

import java.util.function.LongConsumer;
import org.jobrunr.jobs.lambdas.JobRequest;
import org.jobrunr.jobs.lambdas.JobRequestHandler;

/**
 * A job of JobRunr, which wants it public. Immutable.
 *
 * @param sequence its number
 * @param filler what makes it as large as it is
 */
public record JobRunrRequest(long sequence, String filler) implements JobRequest {

    @Override
    public Class<Handler> getJobRequestHandler() {
        return Handler.class;
    }

    /** Passes the job's number on and does nothing else. Thread-safe. */
    public static final class Handler implements JobRequestHandler<JobRunrRequest> {

        private final LongConsumer started;

        Handler(LongConsumer started) {
            this.started = started;
        }

        @Override
        public void run(JobRunrRequest request) {
            started.accept(request.sequence());
        }
    }
}
