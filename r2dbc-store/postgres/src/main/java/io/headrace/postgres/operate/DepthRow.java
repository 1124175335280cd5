package io.headrace.postgres.operate;

import io.headrace.postgres.sql.Columns;
import io.headrace.spi.QueueDepth;
import io.r2dbc.spi.Readable;
import java.time.Duration;

/** Reads the columns of {@code part/depths.sql}. */
public final class DepthRow {

    private DepthRow() {}

    public static QueueDepth of(Readable row) {
        return new QueueDepth(
                Columns.text(row, "queue"),
                Columns.number(row, "due"),
                Columns.number(row, "scheduled"),
                Duration.ofMillis(Columns.number(row, "oldest_due_ms")),
                Columns.number(row, "leased"),
                Columns.number(row, "failed"),
                Columns.flag(row, "estimated"));
    }
}
