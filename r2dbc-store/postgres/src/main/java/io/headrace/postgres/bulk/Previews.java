package io.headrace.postgres.bulk;

import io.headrace.FailedJobs;
import io.headrace.bulk.BulkAction;
import io.headrace.bulk.BulkPreview;
import io.headrace.bulk.WaitingJobs;
import io.headrace.postgres.connection.Connections;
import io.headrace.postgres.operate.FailedTombstones;
import io.headrace.postgres.sql.Columns;
import io.headrace.postgres.sql.Parameters;
import io.headrace.postgres.sql.Statements;
import io.r2dbc.spi.Readable;
import java.util.List;
import reactor.core.publisher.Mono;

/** Counts what an action would match, in as many rows as can be read in a moment. */
final class Previews {

    /** Each may be on a page of its own. */
    private static final int MOST_ROWS = 1_500;

    private final String failed;
    private final String waiting;
    private final Connections connections;

    Previews(Statements statements, Connections connections) {
        this.failed = statements.named("bulk/preview_failed");
        this.waiting = statements.named("bulk/preview_waiting");
        this.connections = connections;
    }

    Mono<BulkPreview> preview(BulkAction action) {
        return action.fold(new BulkAction.Cases<>() {
            @Override
            public Mono<BulkPreview> retry(FailedJobs which) {
                return failed(which);
            }

            @Override
            public Mono<BulkPreview> discard(FailedJobs which) {
                return failed(which);
            }

            @Override
            public Mono<BulkPreview> cancel(WaitingJobs which) {
                return waiting(which);
            }
        });
    }

    private Mono<BulkPreview> failed(FailedJobs which) {
        return connections
                .work(
                        failed,
                        statement -> FailedTombstones.bind(new Parameters(statement), which)
                                .value(MOST_ROWS)
                                .statement(),
                        Counted::of)
                .map(Previews::sum);
    }

    private Mono<BulkPreview> waiting(WaitingJobs which) {
        return connections
                .work(
                        waiting,
                        statement -> new Parameters(statement)
                                .textOrNull(which.queue())
                                .textOrNull(which.kind())
                                .value(MOST_ROWS)
                                .statement(),
                        Counted::of)
                .map(Previews::sum);
    }

    private static BulkPreview sum(List<Counted> counted) {
        List<BulkPreview.Group> groups = counted.stream().map(Counted::group).toList();
        return new BulkPreview(
                groups,
                groups.stream().mapToLong(BulkPreview.Group::count).sum(),
                counted.stream().anyMatch(Counted::isCut));
    }

    private record Counted(BulkPreview.Group group, boolean isCut) {

        static Counted of(Readable row) {
            return new Counted(
                    new BulkPreview.Group(
                            Columns.text(row, "queue"), Columns.text(row, "kind"), Columns.number(row, "jobs")),
                    Columns.flag(row, "is_cut"));
        }
    }
}
