package io.headrace.benchmarks.floor;

import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The rows of one claim, and from where and how far the next one looks. Used by one connection. */
final class FloorClaim {

    private static final int PRIORITIES = 10;
    private static final Duration SLACK = Duration.ofSeconds(1);
    private static final int SETS_TO_BEGIN_WITH = 4;
    private static final List<String> READ_TOO = List.of("payload", "headers", "max_attempts", "unique_key");

    private final Instant floor;
    private final double expectedJobsPerSet;
    private final Map<Long, List<Long>> ids = new LinkedHashMap<>();
    private int jobs;
    private long columnsRead;
    private int rows;
    private Instant reached;
    private double jobsPerSet;

    private FloorClaim(Instant floor, double expectedJobsPerSet) {
        this.floor = floor;
        this.reached = floor;
        this.expectedJobsPerSet = expectedJobsPerSet;
    }

    static FloorClaim fresh() {
        return new FloorClaim(Instant.EPOCH, 0);
    }

    /** One that begins where this one ended; or, after one that found nothing, at the head. */
    FloorClaim next() {
        return jobs == 0 ? fresh() : new FloorClaim(reached, jobsPerSet);
    }

    String[] floors() {
        String[] floors = new String[PRIORITIES];
        Arrays.fill(floors, floor.toString());
        return floors;
    }

    int setsFor(int limit) {
        double sets = expectedJobsPerSet == 0 ? SETS_TO_BEGIN_WITH : Math.ceil(limit / expectedJobsPerSet) + 1;
        return (int) Math.min(limit, sets);
    }

    /** Reads a row as the store does, all of it; what it returns says nothing. */
    long take(Readable row) {
        if (rows++ == 0) {
            tally(row);
        } else {
            ids.computeIfAbsent(number(row, "lease"), key -> new ArrayList<>()).add(number(row, "id"));
            columnsRead +=
                    READ_TOO.stream().filter(column -> row.get(column) != null).count();
            jobs++;
        }
        return rows + columnsRead;
    }

    private static Long number(Readable row, String column) {
        return Objects.requireNonNull(row.get(column, Long.class));
    }

    private void tally(Readable row) {
        Long seen = row.get("seen", Long.class);
        Long[] micros = row.get("reached_us", Long[].class);
        if (seen != null && micros != null && micros.length > 0) {
            jobsPerSet = (double) seen / number(row, "sets");
            reached = Instant.EPOCH.plus(micros[0], ChronoUnit.MICROS).minus(SLACK);
        }
    }

    int jobs() {
        return jobs;
    }

    Long[] leases() {
        return ids.keySet().toArray(Long[]::new);
    }

    /** The ids of each lease, as multiranges. */
    String[] ids() {
        return ids.values().stream().map(FloorClaim::multirange).toArray(String[]::new);
    }

    private static String multirange(List<Long> unsorted) {
        List<Long> sorted = unsorted.stream().sorted().toList();
        StringBuilder text = new StringBuilder("{");
        int from = 0;
        for (int i = 1; i <= sorted.size(); i++) {
            if (i == sorted.size() || sorted.get(i) != sorted.get(i - 1) + 1) {
                text.append(from == 0 ? "[" : ",[")
                        .append(sorted.get(from))
                        .append(',')
                        .append(sorted.get(i - 1) + 1)
                        .append(')');
                from = i;
            }
        }
        return text.append('}').toString();
    }
}
