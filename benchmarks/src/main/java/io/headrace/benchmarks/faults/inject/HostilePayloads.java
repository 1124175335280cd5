package io.headrace.benchmarks.faults.inject;

import io.headrace.InvalidJobException;
import io.headrace.JobId;
import io.headrace.JobType;
import io.headrace.benchmarks.faults.Fault;
import io.headrace.benchmarks.faults.Mill;
import io.headrace.benchmarks.faults.worker.Grain;
import io.headrace.benchmarks.run.Waiting;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import reactor.core.publisher.Flux;

/**
 * Payloads that must be refused, by way of a client; and such as no client would let through, by SQL, before all others in
 * the queue: each has to come to an outcome, and no other job may notice.
 */
final class HostilePayloads implements Fault {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Seven characters that print as 131,001. */
    private static final String HUGE = "1e131000";

    /** So many of them are over what PostgreSQL can send in one row. */
    private static final int TOO_MANY = 9_000;

    private static final JobType<Hostile> HOSTILE = JobType.of(Grain.GRIND.kind(), Hostile.class);

    record Hostile(long nr, Grain.Role role, Object content) {}

    @Override
    public String name() {
        return "hostile-payloads";
    }

    @Override
    public void inflict(Mill mill, Random random) {
        refused().forEach((what, content) -> offer(mill, what, content));
        List<Long> jobs = insert(mill);
        if (!Waiting.until(PATIENCE, () -> mill.ledger().allHaveEnded(jobs))) {
            mill.notes()
                    .find("jobs with hostile payloads did not end in " + PATIENCE.toSeconds()
                            + " s; they were cancelled");
            Flux.fromIterable(jobs)
                    .concatMap(job -> mill.client().cancel(new JobId(job)))
                    .blockLast(PATIENCE);
        }
    }

    private static Map<String, Object> refused() {
        Map<String, Object> refused = new LinkedHashMap<>();
        refused.put("U+0000", "a\0b");
        refused.put("half a character", "\uD83D");
        refused.put("over a mebibyte", "x".repeat(1 << 20));
        refused.put("numbers that print over a gigabyte", Collections.nCopies(TOO_MANY, new BigDecimal(HUGE)));
        return refused;
    }

    private static void offer(Mill mill, String what, Object content) {
        try {
            mill.client()
                    .enqueue(HOSTILE.job(new Hostile(-1, Grain.Role.HOSTILE, content))
                            .maxAttempts(1))
                    .doOnNext(answer -> mill.producer().acknowledge(List.of(answer)))
                    .block(PATIENCE);
            mill.notes().find("a payload was accepted that should be refused: " + what);
        } catch (InvalidJobException e) {
            // as it must be
        }
    }

    /** All of it in one pending set: a hundred that print large, one that cannot be sent, and some that cannot be read. */
    private static List<Long> insert(Mill mill) {
        String schema = mill.site().schema();
        String content = "SELECT to_jsonb('" + HUGE + "'::numeric) AS content FROM generate_series(1, 100)"
                + " UNION ALL SELECT jsonb_agg('" + HUGE + "'::numeric) FROM generate_series(1, " + TOO_MANY + ")"
                + " UNION ALL SELECT (repeat('[', 3000) || repeat(']', 3000))::jsonb";
        String payload = "SELECT jsonb_build_object('nr', -1, 'role', 'HOSTILE', 'content', content) AS payload FROM ("
                + content + ") AS contents UNION ALL SELECT '{\"nr\": \"none\", \"role\": \"HOSTILE\"}'";
        return mill.site()
                .sql()
                .rows(
                        "WITH block AS MATERIALIZED (SELECT " + schema
                                + ".next_block() AS first), written AS (INSERT INTO "
                                + schema + ".job (id, queue, kind, priority, payload, max_attempts)"
                                + " SELECT first + row_number() OVER () - 1, 'default', '" + HOSTILE.kind()
                                + "', 0, payload, 1 FROM block, (" + payload
                                + ") AS payloads RETURNING id), queued AS (INSERT INTO " + schema
                                + ".pending (run_at, attempt, size, priority, suspicion, queue, kind, jobs)"
                                + " SELECT now(), 0, count(*), 0, 0, 'default', '" + HOSTILE.kind()
                                + "', range_agg(int8range(id, id, '[]')) FROM written) SELECT id FROM written",
                        row -> Objects.requireNonNull(row.get(0, Long.class)));
    }
}
