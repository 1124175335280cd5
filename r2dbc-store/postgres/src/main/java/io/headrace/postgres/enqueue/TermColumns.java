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

    private static final int KEYS = 14;
    private static final int MOSTS = 15;
    private static final int PLACES = 16;

    private final @Nullable Long[] periods;
    private final @Nullable String[] keys;
    private final @Nullable Integer[] mosts;
    private final Integer[] places;

    /**
     * The terms of some jobs.
     *
     * @param places which of them is in which row of the statement
     */
    TermColumns(List<EncodedJob> jobs, List<Integer> places) {
        this.periods = new Long[jobs.size()];
        this.keys = new String[jobs.size()];
        this.mosts = new Integer[jobs.size()];
        this.places = places.toArray(Integer[]::new);
        for (int row = 0; row < jobs.size(); row++) {
            EnqueueTerms terms = jobs.get(places.get(row)).terms();
            if (terms != null) {
                terms.fold(new Row(row));
            }
        }
    }

    Statement bind(Statement statement) {
        return statement
                .bind(PERIODS, periods)
                .bind(KEYS, keys)
                .bind(MOSTS, mosts)
                .bind(PLACES, places);
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
            keys[at] = terms.key();
            mosts[at] = terms.most();
            return null;
        }

        @Override
        public Void debounce(EnqueueTerms.Debounce terms) {
            periods[at] = micros(terms.atMost());
            keys[at] = terms.key();
            return null;
        }
    }

    private static long micros(Duration period) {
        return period.toNanos() / 1_000;
    }
}
