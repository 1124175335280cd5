package io.headrace.benchmarks.faults;

import io.headrace.JobId;
import io.headrace.benchmarks.server.Sql;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What became of every job, counted from the tables one by one, apart from the engine's own audit.
 *
 * @param jobs all that are in the store, or whose enqueueing was acknowledged
 * @param lost of those the ones without an outcome
 * @param twice of those the ones in more than one place, or twice in one
 * @param unrun the ones that are completed although no handler ran
 * @param charged the ones that were charged an attempt although they neither failed nor are such as may be
 * @param buried the ones that are tombstones and are not such as may be: poison, hostile, or cancelled
 * @param poisonEscaped poison that ended otherwise than as a tombstone
 * @param example some of those that were lost; empty if none was
 */
record Census(
        long jobs, long lost, long twice, long unrun, long charged, long buried, long poisonEscaped, String example) {

    private static final int EXAMPLES = 5;
    private static final String IDS = "generate_series(lower(r), upper(r) - 1)";

    /** Reads all of it; blocks for some seconds. Nothing may be at work meanwhile. */
    static Census take(Sql sql, String schema, Set<Long> acknowledged) {
        List<Long> completed = ids(sql, "SELECT " + IDS + " FROM " + schema + ".completed, unnest(jobs) AS r");
        List<Long> tombstones = ids(sql, "SELECT job FROM " + schema + ".tombstone");
        List<Long> live = ids(
                sql,
                "SELECT " + IDS + " FROM " + schema + ".pending, unnest(jobs) AS r UNION ALL SELECT " + IDS + " FROM "
                        + schema + ".lease, unnest(jobs) AS r");
        Set<Long> all = new TreeSet<>(acknowledged);
        all.addAll(ids(sql, "SELECT id FROM " + schema + ".job"));

        Map<Long, Integer> outcomes = count(List.of(completed, tombstones));
        Map<Long, Integer> places = count(List.of(completed, tombstones, live));
        Set<Long> ran = Set.copyOf(ids(sql, "SELECT DISTINCT job FROM " + schema + "_ledger.run"));
        List<Long> poison = ids(sql, "SELECT id FROM " + schema + ".job WHERE payload ->> 'role' = 'POISON'");
        String buried = "SELECT t.job FROM " + schema + ".tombstone t WHERE " + Ledger.WRONGLY_BURIED;
        return new Census(
                all.size(),
                all.stream().filter(id -> !outcomes.containsKey(id)).count(),
                places.values().stream().filter(times -> times > 1).count(),
                completed.stream().filter(id -> !ran.contains(id)).count(),
                charged(sql, schema, buried),
                ids(sql, buried).size(),
                poison.stream().filter(Set.copyOf(completed)::contains).count(),
                all.stream()
                        .filter(id -> !outcomes.containsKey(id))
                        .map(id -> new JobId(id) + " of " + new JobId(id).createdAt())
                        .limit(EXAMPLES)
                        .collect(Collectors.joining(", ")));
    }

    /** Those with a failure that was none of theirs, and those completed in a later attempt than they account for. */
    private static long charged(Sql sql, String schema, String buried) {
        return ids(
                        sql,
                        "SELECT f.job FROM " + schema + ".attempt_failure f JOIN " + schema
                                + ".job j ON j.id = f.job WHERE f.error_type NOT LIKE '%FailsOnceException'"
                                + " AND j.payload ->> 'role' NOT IN ('POISON', 'HOSTILE')"
                                + " UNION " + buried
                                + " UNION SELECT j.id FROM " + schema + ".completed c, unnest(c.jobs) AS r, " + schema
                                + ".job j WHERE c.attempt > 1 AND j.id >= lower(r) AND j.id < upper(r)"
                                + " AND (c.attempt > 2 OR j.payload ->> 'role' = 'PLAIN')"
                                + " AND j.payload ->> 'role' <> 'HOSTILE'")
                .size();
    }

    private static List<Long> ids(Sql sql, String statement) {
        return sql.rows(statement, row -> Objects.requireNonNull(row.get(0, Long.class)));
    }

    private static Map<Long, Integer> count(Collection<List<Long>> lists) {
        Map<Long, Integer> counts = new HashMap<>();
        lists.forEach(list -> list.forEach(id -> counts.merge(id, 1, Integer::sum)));
        return counts;
    }
}
