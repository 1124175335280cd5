package io.headrace.postgres.bulk;

import io.headrace.FailedJobs;
import io.headrace.bulk.BulkAction;
import io.headrace.bulk.WaitingJobs;
import io.headrace.postgres.operate.FailedTombstones;
import io.headrace.postgres.sql.Parameters;
import java.util.function.UnaryOperator;

/**
 * An action as {@code start.sql} takes it.
 *
 * @param jobs binds which jobs are meant: four parameters
 */
record Selection(String action, UnaryOperator<Parameters> jobs) {

    private static final BulkAction.Cases<Selection> CASES = new BulkAction.Cases<>() {
        @Override
        public Selection retry(FailedJobs which) {
            return new Selection("RETRY", parameters -> FailedTombstones.bind(parameters, which));
        }

        @Override
        public Selection discard(FailedJobs which) {
            return new Selection("DISCARD", parameters -> FailedTombstones.bind(parameters, which));
        }

        @Override
        public Selection cancel(WaitingJobs which) {
            return new Selection(
                    "CANCEL",
                    parameters -> parameters
                            .valueOrNull(null, Long[].class)
                            .textOrNull(which.kind())
                            .textOrNull(which.queue())
                            .valueOrNull(null, Long.class));
        }
    };

    static Selection of(BulkAction action) {
        return action.fold(CASES);
    }

    Parameters bind(Parameters parameters) {
        return jobs.apply(parameters).value(action);
    }
}
