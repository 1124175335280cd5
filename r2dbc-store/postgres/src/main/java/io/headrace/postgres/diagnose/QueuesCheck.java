package io.headrace.postgres.diagnose;

import io.headrace.postgres.sql.Columns;
import io.headrace.spi.QueueCondition;
import io.r2dbc.spi.Readable;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Whether queues that hold due jobs have engines, and whether a pause was forgotten. */
final class QueuesCheck implements Check {

    private final Queries queries;

    QueuesCheck(Queries queries) {
        this.queries = queries;
    }

    @Override
    public Mono<Void> run(Findings findings) {
        return queries.rows("diagnose/queues", QueuesCheck::condition)
                .doOnNext(queues -> {
                    findings.reading("QUEUES", "waiting or paused queues", String.valueOf(queues.size()));
                    queues.forEach(queue -> findings.problems(queue.problems()));
                })
                .then();
    }

    private static QueueCondition condition(Readable row) {
        return new QueueCondition(
                Columns.text(row, "queue"),
                duration(row, "oldest_due_ms"),
                Columns.flag(row, "served"),
                duration(row, "paused_ms"));
    }

    private static @Nullable Duration duration(Readable row, String column) {
        Long millis = row.get(column, Long.class);
        return millis == null ? null : Duration.ofMillis(millis);
    }
}
