package io.headrace.postgres.operate;

import io.headrace.WorkerSnapshot;
import io.headrace.postgres.sql.Columns;
import io.headrace.spi.WorkerId;
import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A row of {@code workers.sql}. */
final class WorkerRow {

    private WorkerRow() {}

    static WorkerSnapshot snapshot(Readable row) {
        String[] queues = Objects.requireNonNull(row.get("queues", String[].class));
        String[] kinds = row.get("kinds", String[].class);
        return new WorkerSnapshot(
                new WorkerId(Columns.number(row, "id")).toString(),
                Columns.text(row, "name"),
                row.get("version", String.class),
                Set.of(queues),
                kinds == null ? null : Set.of(kinds),
                slots(queues, row.get("slots", Integer[].class)),
                Columns.time(row, "started_at"),
                Columns.time(row, "heard_at"),
                Duration.ofMillis(Columns.number(row, "expires_in_ms")),
                Columns.number(row, "leases"),
                Columns.number(row, "jobs"));
    }

    private static Map<String, Integer> slots(String[] queues, Integer @Nullable [] numbers) {
        Map<String, Integer> slots = new HashMap<>();
        for (int i = 0; numbers != null && i < queues.length; i++) {
            if (numbers[i] != null) {
                slots.put(queues[i], numbers[i]);
            }
        }
        return slots;
    }
}
