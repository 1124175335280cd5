package io.headrace.postgres.enqueue;

import io.headrace.spi.EncodedJob;
import io.headrace.spi.EnqueueTerms;
import io.r2dbc.spi.Statement;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The terms of jobs, in the form of {@code enqueue_on_terms.sql}: the parameters that it has and others do not. */
final class TermColumns {

    private static final int PERIODS = 13;

    private static final int THROTTLE_KEYS = 14;
    private static final int MOSTS = 15;

    private final @Nullable Long[] periods;
    private final @Nullable String[] throttleKeys;
    private final @Nullable Integer[] mosts;

    /** The terms of jobs in the order of the statement's rows. */
    TermColumns(List<EncodedJob> jobs) {
        this.periods = new Long[jobs.size()];
        this.throttleKeys = new String[jobs.size()];
        this.mosts = new Integer[jobs.size()];
        for (int at = 0; at < jobs.size(); at++) {
            EnqueueTerms terms = jobs.get(at).terms();
            if (terms != null) {
                terms.fold(new Row(at));
            }
        }
    }

    Statement bind(Statement statement) {
        return statement
                .bind(PERIODS, periods)
                .bind(THROTTLE_KEYS, throttleKeys)
                .bind(MOSTS, mosts);
    }

    /** Fills in one row. */
    private final class Row implements EnqueueTerms.Cases<Void> {

        private final int at;

        Row(int at) {
            this.at = at;
        }

        @Override
        public Void uniqueFor(EnqueueTerms.UniqueFor terms) {
            periods[at] = micros(terms.period());
            return null;
        }

        @Override
        public Void throttle(EnqueueTerms.Throttle terms) {
            periods[at] = micros(terms.period());
            throttleKeys[at] = terms.key();
            mosts[at] = terms.most();
            return null;
        }
    }

    private static long micros(Duration period) {
        return period.toNanos() / 1_000;
    }
}
