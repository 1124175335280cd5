package io.headrace.console.browser;

/** Puts jobs into the past of a schema, as if engines had worked on it for long. All are where the audit expects them. */
final class Past {

    private static final String JOBS = """
            INSERT INTO ${schema}.job (id, priority, queue, kind, payload)
            SELECT ${schema}.first_id(now() - interval '${ago}') + i, 4, '${queue}', '${kind}', jsonb_build_object('order', i)
            FROM generate_series(0, ${many} - 1) AS i;
            """;

    private static final String MINUTE = """
            INSERT INTO ${schema}.completed (at, worker, attempt, size, queue, kind, jobs)
            SELECT now() - interval '${ago}' + s * interval '4 s', 7, 1, upper(ids) - lower(ids), 'mail', 'send-mail',
                   int8multirange(ids)
            FROM (SELECT ${schema}.first_id(now() - interval '${ago}')) AS base (first), generate_series(0, 14) AS s,
                 LATERAL (SELECT int8range(first + s * ${many} / 15, first + (s + 1) * ${many} / 15)) AS part (ids);
            INSERT INTO ${schema}.attempt_failure (job, worker, at, attempt, error_type, message)
            SELECT ${schema}.first_id(now() - interval '${ago}') + i, 7, now() - interval '${ago}' + i * interval '2 s', 1,
                   'shop.billing.SmtpException', '421 too many connections'
            FROM generate_series(0, ${retried} - 1) AS i;
            """;

    private static final String ENGINES = """
            INSERT INTO ${schema}.engine_mark (worker, started_at, ended_at, name, version, ending) VALUES
                (7, now() - interval '3 h', now() - interval '22 min', 'web-2', '1.41.3', 'STOPPED'),
                (8, now() - interval '21 min', now() - interval '1 min', 'web-2', '1.42.0', 'STOPPED');
            """;

    private static final String MILLIONS = """
            INSERT INTO ${schema}.pending (run_at, attempt, size, priority, suspicion, queue, kind, jobs)
            SELECT now() - interval '1 h' + i * interval '3 ms', 0, 1, 4, 0, 'thumbnails', 'make-thumbnail',
                   int8multirange(int8range(first + i, first + i + 1))
            FROM (SELECT ${schema}.first_id(now() - interval '2 h')) AS base (first), generate_series(0, 999999) AS i;
            INSERT INTO ${schema}.completed (at, worker, attempt, size, queue, kind, jobs)
            SELECT now() - interval '20 h' + i * interval '7 s', 7, 1, 100, 'mail', 'send-mail',
                   int8multirange(int8range(first + i * 100, first + i * 100 + 100))
            FROM (SELECT ${schema}.first_id(now() - interval '20 h')) AS base (first), generate_series(0, 9999) AS i;
            INSERT INTO ${schema}.tombstone (
                job, died_at, fingerprint, attempt, priority, state, queue, kind, payload, failures)
            SELECT first + i, now() - i * interval '1 s', i % 40 + 1, 3, 4, 'FAILED', 'billing', 'send-invoice',
                   jsonb_build_object('order', i),
                   jsonb_build_array(jsonb_build_object('attempt', 3, 'at', now() - i * interval '1 s',
                       'type', 'shop.Fault' || i % 40, 'message', 'order ' || i || ' cannot be read',
                       'fingerprint', i % 40 + 1, 'worker', 7))
            FROM (SELECT ${schema}.first_id(now() - interval '21 h')) AS base (first), generate_series(0, 49999) AS i;
            ANALYZE ${schema}.job, ${schema}.pending, ${schema}.completed, ${schema}.tombstone;
            """;

    private final OwnSchema schema;

    Past(OwnSchema schema) {
        this.schema = schema;
    }

    /** Jobs that have completed in the last hour, more in some minutes than in others, and failed attempts among them. */
    void hour() {
        StringBuilder sql = new StringBuilder(ENGINES);
        for (int minute = 59; minute >= 1; minute--) {
            int many = 420 + (int) (90 * Math.sin(minute / 6.0)) + minute * 37 % 41;
            int retried = (minute < 22 ? 19 : 3) + minute * 13 % 8;
            String ago = minute + " min";
            sql.append(jobs(ago, "mail", "send-mail", many));
            sql.append(
                    MINUTE.replace("${ago}", ago).replace("${many}", "" + many).replace("${retried}", "" + retried));
        }
        schema.execute(sql.toString());
    }

    /** A million jobs that wait, each in a set of its own, a million that have completed, and 50,000 that failed in 40 ways. */
    void millions() {
        schema.execute(jobs("2 h", "thumbnails", "make-thumbnail", 1_000_000)
                + jobs("20 h", "mail", "send-mail", 1_000_000)
                + jobs("21 h", "billing", "send-invoice", 50_000)
                + MILLIONS);
    }

    private static String jobs(String ago, String queue, String kind, int many) {
        return JOBS.replace("${ago}", ago)
                .replace("${queue}", queue)
                .replace("${kind}", kind)
                .replace("${many}", "" + many);
    }
}
