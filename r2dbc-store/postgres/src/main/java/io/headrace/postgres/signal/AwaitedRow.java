package io.headrace.postgres.signal;

import io.headrace.JobId;
import io.headrace.postgres.sql.Columns;
import io.headrace.signal.AwaitedSignal;
import io.headrace.spi.SignalStore.AwaitedPlace;
import io.headrace.spi.SignalStore.AwaitedSlice;
import io.r2dbc.spi.Readable;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A row of {@code awaiting.sql}: where it stands, and who waits there, unless nobody does at this moment. */
record AwaitedRow(AwaitedPlace place, @Nullable AwaitedSignal waits) {

    static AwaitedRow of(Readable row) {
        String key = Columns.text(row, "key");
        JobId job = new JobId(Columns.number(row, "job"));
        String kind = row.get("kind", String.class);
        return new AwaitedRow(
                new AwaitedPlace(key, job),
                kind == null
                        ? null
                        : new AwaitedSignal(
                                key,
                                job,
                                Columns.text(row, "queue"),
                                kind,
                                Columns.time(row, "since"),
                                Columns.time(row, "until")));
    }

    static AwaitedSlice slice(List<AwaitedRow> rows, int most) {
        return new AwaitedSlice(
                rows.stream().map(AwaitedRow::waits).filter(Objects::nonNull).toList(),
                rows.size() < most ? null : rows.get(rows.size() - 1).place());
    }
}
