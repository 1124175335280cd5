package io.headrace.cli.jobs;

import io.headrace.cli.print.Fields;
import io.headrace.cli.print.Table;
import io.headrace.operate.JobItem;

/** A job of a list, as a row and as JSON. */
final class JobLine {

    private JobLine() {}

    static Table table() {
        return new Table(
                "JOB", "STATE", "QUEUE", "KIND", "PRIORITY", "ATTEMPT", "DUE OR ENDED", "KEY", "ERROR", "MESSAGE");
    }

    static void add(Table table, JobItem job) {
        table.row(
                job.id(),
                job.state(),
                job.queue(),
                job.kind(),
                job.priority(),
                job.attempt(),
                job.endedAt() == null ? job.runAt() : job.endedAt(),
                job.uniqueKey(),
                job.errorType(),
                job.message());
    }

    static Fields json(JobItem job) {
        return new Fields()
                .with("id", job.id())
                .with("state", job.state())
                .with("queue", job.queue())
                .with("kind", job.kind())
                .with("priority", job.priority())
                .with("attempt", job.attempt())
                .with("createdAt", job.id().createdAt())
                .with("runAt", job.runAt())
                .with("endedAt", job.endedAt())
                .with("uniqueKey", job.uniqueKey())
                .with("errorType", job.errorType())
                .with("message", job.message())
                .with("worker", job.worker());
    }
}
