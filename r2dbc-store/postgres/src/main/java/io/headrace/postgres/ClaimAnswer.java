package io.headrace.postgres;

import io.headrace.spi.Claim;
import io.headrace.spi.ClaimedJob;
import io.headrace.spi.Suspicion;
import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads the rows of {@code claim.sql}: every row has the tally of the whole claim, and a job unless there is none. */
final class ClaimAnswer {

    private final ClaimCursor cursor;
    private final int mostJobs;
    private final int mostSets;
    private final List<ClaimedJob> jobs = new ArrayList<>();
    private @Nullable Tally tally;

    private record Tally(
            Instant at,
            long sets,
            long seen,
            List<Instant> reached,
            List<Short> priorities,
            List<Integer> suspected,
            @Nullable Long nextDue) {}

    ClaimAnswer(ClaimCursor cursor, int mostJobs, int mostSets) {
        this.cursor = cursor;
        this.mostJobs = mostJobs;
        this.mostSets = mostSets;
    }

    /** Takes a row; what it returns says nothing. */
    boolean take(Readable row) {
        if (tally == null) {
            tally = new Tally(
                    Columns.time(row, "at"),
                    Columns.number(row, "sets"),
                    Objects.requireNonNullElse(row.get("seen", Long.class), 0L),
                    list(row.get("reached", Instant[].class)),
                    list(row.get("priorities", Short[].class)),
                    list(row.get("suspected", Integer[].class)),
                    row.get("next_due_ms", Long.class));
        }
        Long lease = row.get("lease", Long.class);
        if (lease != null) {
            jobs.add(job(row, lease));
        }
        return true;
    }

    private static <T> List<T> list(T @Nullable [] array) {
        return array == null ? List.of() : List.of(array);
    }

    private static ClaimedJob job(Readable row, long lease) {
        return new ClaimedJob(
                lease,
                Columns.number(row, "id"),
                Columns.text(row, "kind"),
                Columns.integer(row, "priority"),
                Columns.integer(row, "attempt"),
                Columns.text(row, "payload"),
                row.get("headers", String.class),
                row.get("max_attempts", Integer.class),
                row.get("unique_key", String.class));
    }

    Claim claim() {
        Tally seen = seen();
        return new Claim(
                jobs,
                tookAllThatItSaw(seen) && cursor.isAtHead(),
                seen.nextDue == null ? null : Duration.ofMillis(seen.nextDue),
                seen.suspected.stream().map(Suspicion::ofLevel).collect(Collectors.toUnmodifiableSet()));
    }

    /** Where the next claim begins. */
    ClaimCursor next() {
        Tally seen = seen();
        if (tookAllThatItSaw(seen)) {
            return cursor.isAtHead() ? cursor.exhausted(seen.at) : cursor.toHead();
        }
        return cursor.reached(seen.priorities, seen.reached, seen.seen, seen.sets);
    }

    private boolean tookAllThatItSaw(Tally seen) {
        return jobs.size() < mostJobs && seen.sets < mostSets;
    }

    private Tally seen() {
        if (tally == null) {
            throw new IllegalStateException("the claim answered no row");
        }
        return tally;
    }
}
