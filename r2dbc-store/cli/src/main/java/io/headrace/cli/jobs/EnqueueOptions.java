package io.headrace.cli.jobs;

import io.headrace.NewJob;
import io.headrace.cli.end.RefusedException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What may be said of a job that is enqueued, beyond its kind and payload. */
final class EnqueueOptions {

    @Option(names = "--queue", paramLabel = "QUEUE", description = "The queue. Default: default.")
    private @Nullable String queue;

    @Option(
            names = "--priority",
            paramLabel = "N",
            description = "From 0 (first) to 9 (last). Default: " + NewJob.DEFAULT_PRIORITY + ".")
    private @Nullable Integer priority;

    @Option(
            names = "--delay",
            paramLabel = "DURATION",
            description = "How long after now it is due, such as 90s or 1h30m.")
    private @Nullable Duration delay;

    @Option(names = "--run-at", paramLabel = "TIME", description = "When it is due, such as 2026-11-28T09:00:00Z.")
    private @Nullable Instant runAt;

    @Option(names = "--max-attempts", paramLabel = "N", description = "Overrides the handler's retry policy.")
    private @Nullable Integer maxAttempts;

    @Option(names = "--unique-key", paramLabel = "KEY", description = "At most one live job of the kind has this key.")
    private @Nullable String uniqueKey;

    @Option(
            names = "--header",
            paramLabel = "NAME=VALUE",
            description = "Metadata beside the payload. May be repeated.")
    private Map<String, String> headers = Map.of();

    /** @throws RefusedException if a delay and a due time are given */
    NewJob<String> on(NewJob<String> bare) {
        if (delay != null && runAt != null) {
            throw RefusedException.wrongArguments("Give --delay or --run-at, not both");
        }
        NewJob<String> job = queue == null ? bare : bare.queue(queue);
        job = priority == null ? job : job.priority(priority);
        job = delay == null ? job : job.delay(delay);
        job = runAt == null ? job : job.runAt(runAt);
        job = maxAttempts == null ? job : job.maxAttempts(maxAttempts);
        job = uniqueKey == null ? job : job.uniqueKey(uniqueKey);
        for (Map.Entry<String, String> header : headers.entrySet()) {
            job = job.header(header.getKey(), header.getValue());
        }
        return job;
    }
}
