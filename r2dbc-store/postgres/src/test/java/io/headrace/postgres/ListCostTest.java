package io.headrace.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.JobId;
import io.headrace.JobState;
import io.headrace.operate.JobFilter;
import io.headrace.operate.JobItem;
import io.headrace.postgres.connection.Connections;
import io.headrace.postgres.sql.SchemaName;
import io.headrace.postgres.sql.Statements;
import io.headrace.spi.JobSlice;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What it costs to list jobs among many: so many pages, and no more, however many there are. */
@OnEachServer
@Tag("slow")
class ListCostTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int MOST = 200;

    /** A tenth of what a call of the store may read, as what is asked for is: the tables have more. */
    private static final int MOST_PAGES = 200;

    private static final MillionRows ROWS = new MillionRows(30_000, 30_000, 3_000, 40);

    private final TestSchema schema;

    ListCostTest(TestServer server) {
        this.schema = new TestSchema(server).withSegments(1);
    }

    @AfterEach
    void close() {
        schema.audit();
        schema.close();
    }

    private List<JobSlice> slices(JobFilter filter, int most, int slices) {
        List<JobSlice> found = new ArrayList<>();
        String position = null;
        do {
            JobSlice slice =
                    schema.store().inspector().jobs(filter, position, most).block(PATIENCE);
            found.add(slice);
            position = slice.next();
        } while (position != null && found.size() < slices);
        return found;
    }

    private static JobFilter in(JobState state) {
        return JobFilter.any().withState(state);
    }

    @Test
    void aCallReadsSoManyPagesAndNoMore() throws SQLException {
        try (Connection connection = schema.server().jdbc()) {
            ROWS.fill(connection, schema.name());
        }
        try (Connection reader = schema.server().jdbc();
                Statement session = reader.createStatement()) {
            Statements statements = Statements.of(new SchemaName(schema.name()));
            for (String name : List.of("pending", "pending_rows", "tombstones", "completed", "keyed", "leased")) {
                session.execute("PREPARE " + name + " AS " + statements.named("list/" + name));
            }
            session.execute("BEGIN; " + Connections.LISTING);
            for (String call : calls()) {
                long pages = PlanPages.of(session, "EXECUTE " + call);
                assertThat(pages).as(call).isLessThan(MOST_PAGES);
            }
        }
        everySliceIsFull();
        everyJobIsListedOnce();
    }

    private List<String> calls() {
        String moment = "'" + schema.text("SELECT max(run_at) - interval '1 day' FROM %s.pending") + "'";
        String first = "'', 0, '-infinity', '(0,0)', 0, NULL, NULL";
        return List.of(
                "pending(" + first + ", NULL, NULL, 30, 20)",
                "pending(" + first + ", 'queue-7', NULL, 30, 20)",
                "pending(" + first + ", NULL, 'kind-39', 90, 20)",
                "pending(" + first + ", NULL, 'none', 90, 20)",
                "pending('queue-7', 4, " + moment + ", '(0,0)', 0, NULL, NULL, 'queue-7', 'kind-7', 90, 20)",
                "pending_rows('queue-7', 4, " + moment + ", 0, 0, 0, NULL, NULL, 90, 20)",
                "pending_rows('queue-7', 4, " + moment + ", 100, 3, 0, NULL, 'none', 90, 20)",
                "pending_rows(NULL, NULL, NULL, 0, 0, 0, NULL, 'none', 90, 20)",
                "tombstones('FAILED', NULL, NULL, NULL, 9223372036854775807, 80, 20, NULL)",
                "tombstones('FAILED', 'queue-7', NULL, NULL, 9223372036854775807, 21, 20, NULL)",
                "tombstones('FAILED', 'queue-7', 'none', NULL, 9223372036854775807, 80, 20, NULL)",
                "tombstones('FAILED', 'none', 'kind-7', NULL, 9223372036854775807, 80, 20, NULL)",
                "tombstones('FAILED', NULL, NULL, NULL, 9223372036854775807, 21, 20, 7)",
                "tombstones('CANCELLED', NULL, NULL, 'none', 9223372036854775807, 80, 20, NULL)",
                "completed(NULL, NULL, NULL, NULL, NULL, NULL, 10, 25, 20, NULL)",
                "completed(NULL, NULL, NULL, NULL, 'queue-7', NULL, 10, 25, 20, NULL)",
                "completed(NULL, NULL, NULL, NULL, NULL, 'none', 10, 25, 20, NULL)",
                "completed(9223372036854775807, -1, 0, NULL, NULL, 'none', 10, 25, 20, NULL)",
                "keyed('key-20000', NULL, NULL, 'PENDING')",
                "keyed('key-20000', 'kind-0', NULL, 'PENDING')",
                "keyed('dead-key-2000', NULL, NULL, 'FAILED')",
                "leased(0, 0, NULL, NULL, NULL, 20)");
    }

    private void everySliceIsFull() {
        for (JobFilter filter : List.of(
                in(JobState.PENDING),
                in(JobState.PENDING).withQueue("queue-7"),
                in(JobState.COMPLETED),
                in(JobState.COMPLETED).withQueue("queue-7"),
                in(JobState.FAILED))) {
            assertThat(slices(filter, MOST, 4))
                    .as("%s", filter)
                    .hasSize(4)
                    .allSatisfy(slice -> assertThat(slice.jobs()).hasSize(MOST));
        }
    }

    private void everyJobIsListedOnce() {
        for (JobFilter filter : List.of(
                in(JobState.PENDING).withQueue("queue-7").withKind("kind-7"),
                in(JobState.PENDING).withKind("kind-7"),
                in(JobState.COMPLETED).withKind("kind-7"),
                in(JobState.FAILED).withKind("kind-7").withQueue("queue-7"))) {
            List<JobId> listed = slices(filter, MOST, Integer.MAX_VALUE).stream()
                    .flatMap(slice -> slice.jobs().stream())
                    .map(JobItem::id)
                    .toList();
            int all = filter.state() == JobState.PENDING
                    ? ROWS.pending()
                    : filter.state() == JobState.COMPLETED ? ROWS.completed() : ROWS.tombstones();
            Set<JobId> distinct = new HashSet<>(listed);
            assertThat(distinct).as("%s", filter).hasSize(all / 40);
            assertThat(listed).hasSameSizeAs(distinct);
        }
    }

    /** More sets than a call may read, all due at the same moment: a page of them is read, not all. */
    @Test
    void jobsThatAreDueAtTheSameMomentAreListedOnce() {
        int tie = 3_000;
        schema.execute(
                ("CREATE TEMPORARY TABLE drawn AS SELECT n, (n::bigint << 22) AS id FROM generate_series(1, TIE + 7) AS n;"
                                + " INSERT INTO SCHEMA.job (id, priority, queue, kind, payload)"
                                + " SELECT id, 4, 'mill', 'kind-' || n % 2, '{}' FROM drawn;"
                                + " INSERT INTO SCHEMA.pending (run_at, attempt, size, priority, suspicion, queue, kind, jobs)"
                                + " SELECT CASE WHEN n > TIE THEN timestamptz '2027-01-01 00:00:00+00' + n * interval '1 microsecond'"
                                + " ELSE '2027-01-01 00:00:00+00' END, 0, 1, 4, 0, 'mill', 'kind-' || n % 2,"
                                + " int8multirange(int8range(id, id, '[]')) FROM drawn")
                        .replace("SCHEMA", schema.name())
                        .replace("TIE", Integer.toString(tie)));

        for (int most : new int[] {100, MOST}) {
            List<JobId> listed = slices(in(JobState.PENDING), most, Integer.MAX_VALUE).stream()
                    .flatMap(slice -> slice.jobs().stream())
                    .map(JobItem::id)
                    .toList();
            assertThat(listed).hasSize(tie + 7).doesNotHaveDuplicates();
        }
        assertThat(slices(in(JobState.PENDING).withKind("kind-1"), MOST, Integer.MAX_VALUE).stream()
                        .mapToInt(slice -> slice.jobs().size())
                        .sum())
                .isEqualTo((tie + 7 + 1) / 2);
    }
}
