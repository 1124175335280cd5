package io.headrace.postgres.operate;

import io.headrace.AuditReport;
import io.headrace.JobId;
import io.headrace.postgres.sql.Columns;
import io.r2dbc.spi.Readable;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A row of {@code audit.sql}: the counts, which every row has, and a finding unless there is none. */
record AuditRow(
        long jobs,
        long pending,
        long leased,
        long completed,
        long tombstones,
        long pruned,
        AuditReport.@Nullable Finding finding) {

    /** What all rows say. */
    static AuditReport report(List<AuditRow> rows) {
        AuditRow any = rows.get(0);
        return new AuditReport(
                any.jobs,
                any.pending,
                any.leased,
                any.completed,
                any.tombstones,
                any.pruned,
                rows.stream().map(AuditRow::finding).filter(Objects::nonNull).toList());
    }

    static AuditRow of(Readable row) {
        String what = row.get("what", String.class);
        Long example = row.get("example", Long.class);
        return new AuditRow(
                Columns.number(row, "jobs"),
                Columns.number(row, "pending"),
                Columns.number(row, "leased"),
                Columns.number(row, "completed"),
                Columns.number(row, "tombstones"),
                Columns.number(row, "pruned"),
                what == null
                        ? null
                        : new AuditReport.Finding(
                                AuditReport.What.valueOf(what),
                                Columns.number(row, "found"),
                                example == null ? null : new JobId(example),
                                row.get("schedule", String.class)));
    }
}
