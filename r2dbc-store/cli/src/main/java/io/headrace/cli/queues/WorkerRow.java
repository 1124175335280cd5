package io.headrace.cli.queues;

import io.headrace.WorkerSnapshot;
import io.headrace.cli.print.Fields;
import io.headrace.cli.print.Spans;
import io.headrace.cli.print.Table;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A worker, as a row and as JSON. */
public final class WorkerRow {

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

    /** With the fields of the documentation. */
    public static Fields json(WorkerSnapshot worker) {
        return new Fields()
                .with("id", worker.id())
                .with("name", worker.name())
                .with("version", worker.version())
                .with("queues", worker.queues().stream().sorted().toList())
                .with("kinds", sorted(worker.kinds()))
                .with("slots", slots(worker.slots()))
                .with("startedAt", worker.startedAt())
                .with("heardAt", worker.heardAt())
                .with("expiresInSeconds", Spans.seconds(worker.expiresIn()))
                .with("silent", worker.isSilent())
                .with("leases", worker.leases())
                .with("jobs", worker.jobs());
    }

    private static @Nullable List<String> sorted(@Nullable Set<String> names) {
        return names == null ? null : names.stream().sorted().toList();
    }

    private static Fields slots(Map<String, Integer> slots) {
        Fields fields = new Fields();
        for (Map.Entry<String, Integer> queue : new TreeMap<>(slots).entrySet()) {
            fields = fields.with(queue.getKey(), queue.getValue());
        }
        return fields;
    }
}
