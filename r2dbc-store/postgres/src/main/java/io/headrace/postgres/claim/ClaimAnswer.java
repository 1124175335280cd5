package io.headrace.postgres.claim;

import io.headrace.postgres.sql.Columns;
import io.headrace.spi.Claim;
import io.headrace.spi.ClaimedJob;
import io.headrace.spi.Suspicion;
import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads the rows of {@code claim.sql}: first one about the claim and its leases, then one for each job. */
final class ClaimAnswer {

    /**
     * Where a job's columns are: the driver looks for each name in each row, ignoring case, at the cost of the decoding. Columns
     * that a later version adds come after them, for the statement of the version before is read as well.
     */
    static final int LEASE = 11;

    static final int ID = 12;
    static final int PAYLOAD = 13;
    static final int HEADERS = 14;
    static final int MAX_ATTEMPTS = 15;
    static final int UNIQUE_KEY = 16;
    static final int WITHHELD_BYTES = 19;

    private final ClaimCursor cursor;
    private final int mostJobs;
    private final int mostSets;
    private final List<ClaimedJob> jobs = new ArrayList<>();
    private final Map<Long, Granted> leases = new HashMap<>();
    private @Nullable Tally tally;
    private SetWaits waits = SetWaits.NONE;

    private record Tally(
            Instant at,
            long sets,
            long seen,
            List<Instant> reached,
            List<Short> priorities,
            List<Integer> suspected,
            boolean paused,
            @Nullable Long nextDue) {}

    /** What the jobs of a lease have in common. */
    private record Granted(String kind, int priority, int attempt) {}

    ClaimAnswer(ClaimCursor cursor, int mostJobs, int mostSets) {
        this.cursor = cursor;
        this.mostJobs = mostJobs;
        this.mostSets = mostSets;
    }

    /** Takes a row; what it returns says nothing. */
    boolean take(Readable row) {
        if (tally == null) {
            tally = tally(row);
            readLeases(row);
            waits = SetWaits.of(row);
        } else {
            jobs.add(job(row));
        }
        return true;
    }

    private static Tally tally(Readable row) {
        return new Tally(
                Columns.moment(row, "at_us"),
                Columns.number(row, "sets"),
                Objects.requireNonNullElse(row.get("seen", Long.class), 0L),
                list(row.get("reached_us", Long[].class)).stream()
                        .map(Columns::moment)
                        .toList(),
                list(row.get("priorities", Short[].class)),
                list(row.get("suspected", Integer[].class)),
                row.get("suspected", Integer[].class) == null,
                row.get("next_due_ms", Long.class));
    }

    private void readLeases(Readable row) {
        List<Long> ids = list(row.get("leases", Long[].class));
        List<String> kinds = list(row.get("lease_kinds", String[].class));
        List<Short> priorities = list(row.get("lease_priorities", Short[].class));
        List<Integer> attempts = list(row.get("lease_attempts", Integer[].class));
        for (int i = 0; i < ids.size(); i++) {
            leases.put(ids.get(i), new Granted(kinds.get(i), priorities.get(i), attempts.get(i)));
        }
    }

    private static <T> List<T> list(T @Nullable [] array) {
        return array == null ? List.of() : List.of(array);
    }

    private ClaimedJob job(Readable row) {
        String payload = row.get(PAYLOAD, String.class);
        Long lease = Objects.requireNonNull(row.get(LEASE, Long.class));
        Granted granted = Objects.requireNonNull(leases.get(lease));
        return new ClaimedJob(
                lease,
                Objects.requireNonNull(row.get(ID, Long.class)),
                granted.kind,
                granted.priority,
                granted.attempt,
                payload,
                row.get(HEADERS, String.class),
                row.get(MAX_ATTEMPTS, Integer.class),
                row.get(UNIQUE_KEY, String.class),
                waits.nextMillis(),
                payload == null ? Objects.requireNonNull(row.get(WITHHELD_BYTES, Long.class)) : 0);
    }

    /** What has been granted, once the first row has been taken. */
    Set<Long> leases() {
        return leases.keySet();
    }

    Claim claim() {
        Tally seen = seen();
        if (seen.paused) {
            return Claim.ofPausedQueue();
        }
        return new Claim(
                jobs,
                tookAllThatItSaw(seen) && cursor.isAtHead(),
                seen.nextDue == null ? null : Duration.ofMillis(seen.nextDue),
                seen.suspected.stream().map(Suspicion::ofLevel).collect(Collectors.toUnmodifiableSet()));
    }

    /** Where the next claim begins. */
    ClaimCursor next() {
        Tally seen = seen();
        if (seen.paused) {
            // It has looked at nothing.
            return cursor;
        }
        if (tookAllThatItSaw(seen)) {
            return cursor.isAtHead() ? cursor.exhausted(seen.at) : cursor.toHead();
        }
        return cursor.reached(seen.at, seen.priorities, seen.reached, seen.seen, seen.sets);
    }

    private boolean tookAllThatItSaw(Tally seen) {
        return jobs.size() < mostJobs && seen.sets < mostSets;
    }

    private Tally seen() {
        if (tally == null) {
            throw new IllegalStateException("The claim returned no row");
        }
        return tally;
    }
}
