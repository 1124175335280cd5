package io.headrace.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.AuditReport;
import io.headrace.JobId;
import io.headrace.postgres.sql.SchemaName;
import io.headrace.postgres.sql.Statements;
import io.headrace.spi.SweepReport;
import io.headrace.testkit.contract.Feature;
import io.headrace.testkit.contract.HarnessTransaction;
import io.headrace.testkit.contract.StoreHarness;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A schema of its own for one test, made from the plain SQL and dropped afterwards, and a store on it. One that was
 * {@linkplain #reused borrowed} is emptied instead, for the next test that borrows: making and dropping a schema takes longer
 * than most tests. Tests of costs and plans, and those that count what a server does, make their own.
 */
public final class TestSchema implements StoreHarness {

    private static final Map<TestServer, Queue<TestSchema>> EMPTY = new ConcurrentHashMap<>();
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final String SERVER_START = "pg_postmaster_start_time()";

    private final TestServer server;
    private final String name;
    private final TestSession session;
    private final PostgresJobStore store;
    private final List<PostgresJobStore> opened = new CopyOnWriteArrayList<>();
    private Duration passed = Duration.ZERO;
    private String upSince = SERVER_START;
    private @Nullable SchemaEmptying emptying;
    private @Nullable String moving;

    public TestSchema(TestServer server) {
        this(server, Statements::of);
    }

    /** As a version of Headrace sees it whose statements these are; {@code ${schema}} in them stands for it. */
    TestSchema(TestServer server, Function<SchemaName, Statements> versions) {
        this(server, versions, NUMBER.incrementAndGet());
        // A test that wants a schema to itself may count on having the server to itself as well.
        dropReused();
    }

    private TestSchema(TestServer server, Function<SchemaName, Statements> versions, int number) {
        this.server = server;
        this.session = new TestSession(server);
        this.name = "headrace_" + ProcessHandle.current().pid() + "_" + number;
        execute(PostgresMigrations.plainSql(name));
        this.store = open(9, versions.apply(new SchemaName(name)));
    }

    /**
     * A schema in which other tests may have run, as empty as a new one; its sequences go on. Its statements run on one
     * connection. A test that changes its tables or functions leaves it to nobody.
     */
    static TestSchema reused(TestServer server) {
        TestSchema empty = free(server).poll();
        if (empty == null) {
            empty = new TestSchema(server, Statements::of, NUMBER.incrementAndGet());
            empty.emptying = SchemaEmptying.of(empty, empty.asUpSince());
            empty.session.keep();
        }
        return empty;
    }

    /** Drops those that nobody has borrowed. */
    private static void dropReused() {
        EMPTY.values().forEach(empty -> {
            for (TestSchema schema = empty.poll(); schema != null; schema = empty.poll()) {
                schema.drop();
            }
        });
    }

    private static Queue<TestSchema> free(TestServer server) {
        return EMPTY.computeIfAbsent(server, each -> new ConcurrentLinkedQueue<>());
    }

    /** Segments of the three tables for this hour and some around it, as there are wherever an engine has run for some time. */
    TestSchema withSegments(int around) {
        execute("SELECT " + name + ".attach_segment(parent, date_trunc('hour', now()) + n * interval '1 hour',"
                + " date_trunc('hour', now()) + (n + 1) * interval '1 hour')"
                + " FROM unnest(ARRAY['job', 'completed', 'attempt_failure']) AS parent, generate_series(" + -around
                + ", " + around
                + ") AS n");
        return this;
    }

    /** Another store on the same schema, as another process would have. Closed with the schema, if it is not before. */
    PostgresJobStore open(int maxConnections) {
        PostgresJobStore other = open(maxConnections, Statements.of(new SchemaName(name)));
        opened.add(other);
        return other;
    }

    private PostgresJobStore open(int maxConnections, Statements statements) {
        return PostgresJobStore.builder(server.connectionFactory())
                .schema(name)
                .statements(statements)
                .maxConnections(maxConnections)
                .build();
    }

    TestServer server() {
        return server;
    }

    String name() {
        return name;
    }

    @Override
    public PostgresJobStore store() {
        return store;
    }

    @Override
    public HarnessTransaction begin() {
        return TestTransaction.begin(server.connectionFactory(), store);
    }

    @Override
    public boolean supports(Feature feature) {
        return switch (feature) {
            case POOLS -> true;
        };
    }

    @Override
    public void passTime(Duration duration) {
        String interval = "interval '" + duration.toMillis() + " milliseconds'";
        passed = passed.plus(duration);
        // All at once: an engine that works meanwhile sees time pass everywhere or nowhere.
        StringBuilder all = new StringBuilder("BEGIN; ");
        all.append(movingStatements().replace("${passed}", interval));
        // The time in an id cannot be moved: what it means is.
        all.append("CREATE OR REPLACE FUNCTION ")
                .append(name)
                .append(".first_id(at timestamptz) RETURNS bigint LANGUAGE sql IMMUTABLE RETURN")
                .append(" (((extract(epoch FROM at) * 1000)::bigint - 1735689600000 + ")
                .append(passed.toMillis())
                .append(") << 22); ");
        upSince += " - " + interval;
        all.append(asUpSince());
        execute(all.append("; COMMIT").toString());
        store.lookBack();
    }

    /**
     * What moves every moment that a row holds; {@code ${passed}} in it stands for how far. Segments of tables other than
     * {@code job} are bounded by moments themselves: their bounds stay.
     */
    private String movingStatements() {
        if (moving == null) {
            // Rows without a moment are left alone: a test may hold a lock on them.
            moving = text("SELECT string_agg(CASE WHEN relname = 'fire'"
                    // Those of one schedule must not meet on their way.
                    + " THEN 'UPDATE ' || changed || ' SET at = at - ${passed} - interval ''400000 days''; UPDATE '"
                    + " || changed || ' SET at = at + interval ''400000 days''; ' ELSE '' END"
                    + " || 'UPDATE ' || changed || ' SET ' || changes || ' WHERE ' || filled || '; ', '') FROM ("
                    + " SELECT c.relname, c.oid::regclass AS changed, string_agg(format('%1$I = %1$I - ' || CASE"
                    + " WHEN c.relname = 'segment' AND a.attname IN ('starts_at', 'ends_at')"
                    + " THEN 'CASE parent WHEN ''job'' THEN ${passed} ELSE interval ''0'' END'"
                    + " WHEN c.relname = 'fire' AND a.attname = 'at' THEN 'interval ''0'''"
                    + " ELSE '${passed}' END, a.attname), ', ') AS changes,"
                    + " string_agg(format('%1$I IS NOT NULL', a.attname), ' OR ') AS filled"
                    + " FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND NOT a.attisdropped"
                    + " WHERE c.relnamespace = '%s'::regnamespace AND c.relkind IN ('r', 'p')"
                    + " AND NOT c.relispartition AND c.relname <> 'schema_version'"
                    + " AND a.atttypid = 'timestamptz'::regtype GROUP BY c.oid, c.relname) AS tables");
        }
        return moving;
    }

    /** For the statements the server was away until now. */
    void restartServer() {
        upSince = "to_timestamp(" + number("SELECT extract(epoch FROM clock_timestamp()) * 1000") + " / 1000.0)";
        execute(asUpSince());
    }

    private String asUpSince() {
        return "CREATE OR REPLACE FUNCTION " + name
                + ".up_since() RETURNS timestamptz LANGUAGE sql STABLE PARALLEL SAFE" + " RETURN " + upSince;
    }

    /** Checks the conservation law, as every test does at its end. */
    public void audit() {
        assertThat(store.inspector().audit().block(Duration.ofSeconds(60))).hasToString("ok");
    }

    /** Sweeps as an engine does that has just started. */
    SweepReport sweep() {
        return store.workers()
                .register("sweeper", Set.of(), Duration.ofMinutes(1), false)
                .flatMap(worker -> store.workers()
                        .sweep(worker)
                        .flatMap(report -> store.workers().unregister(worker).thenReturn(report)))
                .block(Duration.ofSeconds(10));
    }

    @Override
    public void damage(AuditReport.What what, JobId job) {
        String id = Long.toString(job.value());
        String one = "int8multirange(int8range(" + id + ", " + id + ", '[]'))";
        String remove = "UPDATE %1$s.pending SET jobs = jobs - " + one + ", size = size - 1 WHERE jobs @> " + id
                + "::bigint AND size > 1; DELETE FROM %1$s.pending WHERE jobs = " + one;
        String sql = switch (what) {
            case NOWHERE -> remove;
            case TWICE ->
                "INSERT INTO %1$s.completed SELECT now(), 1, 1, 1, queue, kind, " + one + " FROM %1$s.job WHERE id = "
                        + id;
            case WITHOUT_JOB -> "DELETE FROM %1$s.job WHERE id = " + id;
            case KEY_NOT_RELEASED ->
                "INSERT INTO %1$s.unique_key SELECT id, kind, unique_key FROM %1$s.job" + " WHERE id = " + id;
            case KEY_LOST -> "DELETE FROM %1$s.unique_key WHERE job = " + id;
            case WRONG_SIZE -> "UPDATE %1$s.pending SET size = size + 1 WHERE jobs @> " + id + "::bigint";
            case MALFORMED -> "UPDATE %1$s.pending SET suspicion = 3 WHERE jobs @> " + id + "::bigint";
            case SIGNAL_MISSED -> "INSERT INTO %1$s.signal SELECT key, now() FROM %1$s.awaited WHERE job = " + id;
            case STEP_TWICE ->
                "INSERT INTO %1$s.step SELECT job, at, took_ms, attempt, name, '\"another\"' FROM %1$s.step WHERE job = "
                        + id;
            case TRACE_GONE -> "DELETE FROM %1$s.trace";
            case RESULT_TOO_EARLY -> "INSERT INTO %1$s.result VALUES (" + id + ", '1')";
            case WAITER_LEFT -> "INSERT INTO %1$s.waiter VALUES (" + id + ", 7, now())";
            case SCHEDULE_STOPPED, FIRED_TWICE, FIRE_WITHOUT_JOB, WAITING_LOST ->
                throw new IllegalArgumentException(what + " is about no job");
        };
        execute(String.format(sql, name));
    }

    @Override
    public void damage(AuditReport.What what, String schedule) {
        String one = " WHERE schedule = '" + schedule + "'";
        switch (what) {
            case SCHEDULE_STOPPED -> execute("UPDATE " + name + ".schedule_state SET next_at = NULL" + one);
            case FIRE_WITHOUT_JOB -> {
                JobId job = new JobId(number("SELECT job FROM %s.fire" + one + " ORDER BY at LIMIT 1"));
                damage(AuditReport.What.NOWHERE, job);
                damage(AuditReport.What.WITHOUT_JOB, job);
            }
            case WAITING_LOST -> execute("DELETE FROM " + name + ".fire" + one + " AND outcome = 'WAITING'");
            default -> throw new IllegalArgumentException(what + " is about no schedule, or is prevented by a key");
        }
    }

    void execute(String sql) {
        session.execute(sql);
    }

    /** The first column of the first row; {@code %s} in the statement stands for the schema. */
    public long number(String sql) {
        return session.first(sql.replace("%s", name), rows -> rows.getLong(1));
    }

    /** As {@link #number}, if it is text. */
    String text(String sql) {
        return session.first(sql.replace("%s", name), rows -> rows.getString(1));
    }

    @Override
    public void close() {
        opened.forEach(other -> other.close().block(Duration.ofSeconds(10)));
        opened.clear();
        if (emptying != null && emptying.empty(isAtAnotherTime())) {
            passed = Duration.ZERO;
            upSince = SERVER_START;
            store.lookBack();
            free(server).add(this);
        } else {
            drop();
        }
    }

    private boolean isAtAnotherTime() {
        return !passed.isZero() || !upSince.equals(SERVER_START);
    }

    private void drop() {
        session.keepNoLonger();
        store.close().block(Duration.ofSeconds(10));
        execute("DROP SCHEMA " + name + " CASCADE");
    }
}
