package io.headrace.postgres;

import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/** A row of {@code claim.sql}, decoded. */
@NullMarked
final class ClaimRow implements Readable {

    private static final long LEASE = 1;

    private final Map<String, Object> columns;

    /** The row about the claim and its one lease. */
    static ClaimRow tally(Instant at) {
        Map<String, Object> columns = new HashMap<>();
        columns.put("at", at);
        columns.put("sets", 1L);
        columns.put("seen", 500L);
        columns.put("reached", new Instant[] {at});
        columns.put("priorities", new Short[] {5});
        columns.put("leases", new Long[] {LEASE});
        columns.put("lease_kinds", new String[] {"errand"});
        columns.put("lease_priorities", new Short[] {5});
        columns.put("lease_attempts", new Integer[] {1});
        return new ClaimRow(columns);
    }

    /** The row of a job. */
    static ClaimRow job(String payload) {
        return new ClaimRow(Map.of("lease", LEASE, "id", 1L << 40, "payload", payload));
    }

    private ClaimRow(Map<String, Object> columns) {
        this.columns = columns;
    }

    @Override
    public <T> @Nullable T get(String name, Class<T> type) {
        return type.cast(columns.get(name));
    }

    @Override
    public <T> @Nullable T get(int index, Class<T> type) {
        throw new UnsupportedOperationException("columns are read by name");
    }
}
