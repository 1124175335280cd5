package io.headrace.cli.queues;

import io.headrace.QueueSnapshot;
import io.headrace.cli.print.Fields;
import io.headrace.cli.print.Spans;
import io.headrace.cli.print.Table;

/** A queue, as a row and as JSON. */
final class QueueRow {

    private QueueRow() {}

    static Table table() {
        return new Table("QUEUE", "STATE", "DUE", "OLDEST DUE", "SCHEDULED", "LEASED", "FAILED", "WORKERS");
    }

    static void add(Table table, QueueSnapshot queue) {
        table.row(
                queue.queue(),
                queue.paused() ? "paused" : "active",
                queue.due(),
                queue.oldestDue(),
                queue.scheduled(),
                queue.leased(),
                queue.failed(),
                queue.workers());
    }

    static Fields json(QueueSnapshot queue) {
        return new Fields()
                .with("queue", queue.queue())
                .with("paused", queue.paused())
                .with("due", queue.due())
                .with("oldestDueSeconds", queue.oldestDue() == null ? null : Spans.seconds(queue.oldestDue()))
                .with("scheduled", queue.scheduled())
                .with("leased", queue.leased())
                .with("failed", queue.failed())
                .with("workers", queue.workers());
    }
}
