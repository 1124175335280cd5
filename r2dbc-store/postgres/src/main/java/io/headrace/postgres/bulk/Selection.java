package io.headrace.postgres.bulk;

import io.headrace.FailedJobs;
import io.headrace.bulk.BulkAction;
import io.headrace.bulk.WaitingJobs;
import io.headrace.postgres.operate.FailedTombstones;
import io.r2dbc.spi.Statement;
import java.util.function.UnaryOperator;

/**
 * An action as {@code start.sql} takes it.
 *
 * @param jobs binds which jobs are meant: the first four parameters
 */
record Selection(String action, UnaryOperator<Statement> jobs) {

    private static final BulkAction.Cases<Selection> CASES = new BulkAction.Cases<>() {
        @Override
        public Selection retry(FailedJobs which) {
            return new Selection("RETRY", statement -> FailedTombstones.bind(statement, which));
        }

        @Override
        public Selection discard(FailedJobs which) {
            return new Selection("DISCARD", statement -> FailedTombstones.bind(statement, which));
        }

        @Override
        public Selection cancel(WaitingJobs which) {
            return new Selection(
                    "CANCEL",
                    statement -> statement
                            .bindNull(0, Long[].class)
                            .bind(1, Chunks.textOrNull(which.kind()))
                            .bind(2, Chunks.textOrNull(which.queue()))
                            .bindNull(3, Long.class));
        }
    };

    static Selection of(BulkAction action) {
        return action.fold(CASES);
    }

    Statement bind(Statement statement) {
        return jobs.apply(statement).bind(4, action);
    }
}
