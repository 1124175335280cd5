package io.headrace.cli.queues;

import io.headrace.JobTotals;
import io.headrace.cli.print.Fields;
import io.headrace.cli.print.Table;

/** How many jobs of a kind ended in a queue, as a row and as JSON. */
final class TotalsRow {

    private TotalsRow() {}

    static Table table() {
        return new Table("QUEUE", "KIND", "COMPLETED", "FAILED", "CANCELLED", "DISCARDED", "PRUNED FAILED");
    }

    static void add(Table table, JobTotals totals) {
        table.row(
                totals.queue(),
                totals.kind(),
                totals.completed(),
                totals.failed(),
                totals.cancelled(),
                totals.discarded(),
                totals.prunedFailed());
    }

    static Fields json(JobTotals totals) {
        return new Fields()
                .with("queue", totals.queue())
                .with("kind", totals.kind())
                .with("completed", totals.completed())
                .with("failed", totals.failed())
                .with("cancelled", totals.cancelled())
                .with("discarded", totals.discarded())
                .with("prunedFailed", totals.prunedFailed());
    }
}
