package io.headrace.postgres.claim;

import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/** A row of {@code claim.sql}, decoded: that about the claim is read by name, that of a job by place. */
@NullMarked
final class ClaimRow implements Readable {

    private static final long LEASE = 1;

    private final Map<String, Object> byName;
    private final @Nullable Object[] byPlace;

    /** The row about the claim and its one lease. */
    static ClaimRow tally(Instant at) {
        Map<String, Object> columns = new HashMap<>();
        columns.put("at_us", micros(at));
        columns.put("sets", 1L);
        columns.put("seen", 500L);
        columns.put("reached_us", new Long[] {micros(at)});
        columns.put("priorities", new Short[] {5});
        columns.put("suspected", new Integer[0]);
        columns.put("leases", new Long[] {LEASE});
        columns.put("lease_kinds", new String[] {"errand"});
        columns.put("lease_priorities", new Short[] {5});
        columns.put("lease_attempts", new Integer[] {1});
        return new ClaimRow(columns, new Object[0]);
    }

    private static long micros(Instant moment) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, moment);
    }

    /** The row of a job. */
    static ClaimRow job(String payload) {
        @Nullable Object[] columns = new Object[ClaimAnswer.UNIQUE_KEY + 1];
        columns[ClaimAnswer.LEASE] = LEASE;
        columns[ClaimAnswer.ID] = 1L << 40;
        columns[ClaimAnswer.PAYLOAD] = payload;
        return new ClaimRow(Map.of(), columns);
    }

    private ClaimRow(Map<String, Object> byName, @Nullable Object[] byPlace) {
        this.byName = byName;
        this.byPlace = byPlace;
    }

    @Override
    public <T> @Nullable T get(String name, Class<T> type) {
        return type.cast(byName.get(name));
    }

    @Override
    public <T> @Nullable T get(int index, Class<T> type) {
        return type.cast(byPlace[index]);
    }
}
