package io.headrace.cli.queues;

import io.headrace.WorkerSnapshot;
import io.headrace.cli.print.Fields;
import io.headrace.cli.print.Spans;
import io.headrace.cli.print.Table;

/** A worker, as a row and as JSON. */
final class WorkerRow {

    private WorkerRow() {}

    static Table table() {
        return new Table("WORKER", "NAME", "QUEUES", "STARTED", "STATE", "LEASES", "JOBS");
    }

    static void add(Table table, WorkerSnapshot worker) {
        table.row(
                worker.id(),
                worker.name(),
                worker.queues(),
                worker.startedAt(),
                worker.isSilent() ? "silent" : "live",
                worker.leases(),
                worker.jobs());
    }

    static Fields json(WorkerSnapshot worker) {
        return new Fields()
                .with("id", worker.id())
                .with("name", worker.name())
                .with("queues", worker.queues().stream().sorted().toList())
                .with("startedAt", worker.startedAt())
                .with("expiresInSeconds", Spans.seconds(worker.expiresIn()))
                .with("silent", worker.isSilent())
                .with("leases", worker.leases())
                .with("jobs", worker.jobs());
    }
}
