package io.headrace.postgres.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.headrace.postgres.TestServer;
import io.r2dbc.postgresql.api.PostgresqlConnection;
import io.r2dbc.spi.R2dbcException;
import io.r2dbc.spi.Statement;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Statements that run again on their connection are created once and keep no values. */
class KeptStatementsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String ECHO = "SELECT array_to_string($1::text[], ',', 'null') AS answer";

    /** The text of each statement that was created. */
    private final List<String> created = new ArrayList<>();

    private PostgresqlConnection driver;
    private SqlChannel channel;

    @BeforeEach
    void connect() {
        driver = TestServer.newest().connectionFactory().create().block(PATIENCE);
        channel = new SqlChannel(CountedConnection.of(driver, created));
    }

    @AfterEach
    void close() {
        driver.close().block(PATIENCE);
    }

    @Test
    void aStatementIsCreatedOnceAndPreparedOnce() {
        for (int i = 0; i < 10; i++) {
            assertThat(echo("a", "" + i)).isEqualTo("a," + i);
        }

        assertThat(created).containsExactly(ECHO);
        assertThat(prepared(ECHO)).isEqualTo(1);
    }

    @Test
    void aStatementThatFailedIsCreatedAnew() {
        String quotient = "SELECT (12 / $1)::text AS answer";
        assertThat(answer(quotient, s -> s.bind(0, 3))).isEqualTo("4");
        assertThatThrownBy(() -> answer(quotient, s -> s.bind(0, 0))).isInstanceOf(R2dbcException.class);

        assertThat(answer(quotient, s -> s.bind(0, 2))).isEqualTo("6");
        assertThat(answer(quotient, s -> s.bind(0, 1))).isEqualTo("12");

        assertThat(created).containsExactly(quotient, quotient);
        assertThat(prepared(quotient)).isEqualTo(1);
    }

    @Test
    void aStatementWhoseRowsCouldNotBeReadIsCreatedAnew() {
        echo("first");
        assertThatThrownBy(() -> channel.rows(ECHO, s -> s.bind(0, new String[] {"second"}), row -> {
                            throw new IllegalStateException("unreadable");
                        })
                        .block(PATIENCE))
                .hasMessage("unreadable");

        assertThat(echo("third")).isEqualTo("third");
        assertThat(created).hasSize(2);
    }

    @Test
    void aStatementThatWasCancelledIsCreatedAnewAndItsRowsReachNobody() {
        String slow = "SELECT pg_sleep(0.05)::text || $1 AS answer FROM generate_series(1, 2)";
        List<Object> stray = new ArrayList<>();
        Disposable abandoned = channel.rows(slow, s -> s.bind(0, "old"), row -> row.get(0, String.class))
                .subscribe(stray::add);
        abandoned.dispose();

        assertThat(answer(slow, s -> s.bind(0, "new"))).isEqualTo("new");
        assertThat(stray).isEmpty();
        assertThat(created).hasSize(2);
    }

    @Test
    void statementsOfOneTextThatRunAtOnceAreTwo() {
        List<String> answers = Flux.range(0, 5)
                .flatMap(i -> channel.rows(
                        ECHO, s -> s.bind(0, new String[] {"" + i}), row -> row.get("answer", String.class)))
                .map(rows -> rows.get(0))
                .collectList()
                .block(PATIENCE);

        assertThat(answers).containsExactlyInAnyOrder("0", "1", "2", "3", "4");
    }

    @Test
    void aPublisherThatIsSubscribedToAgainIsBoundAnew() {
        int[] times = new int[1];
        Mono<List<String>> counting = channel.rows(
                ECHO, s -> s.bind(0, new String[] {"" + ++times[0]}), row -> row.get("answer", String.class));

        assertThat(counting.block(PATIENCE)).containsExactly("1");
        assertThat(echo("between")).isEqualTo("between");
        assertThat(counting.block(PATIENCE)).containsExactly("2");
    }

    @Test
    void aParameterMayChangeBetweenAValueAndNull() {
        String either = "SELECT coalesce($1::text, 'none') AS answer";
        for (int i = 0; i < 3; i++) {
            assertThat(answer(either, s -> s.bind(0, "some"))).isEqualTo("some");
            assertThat(answer(either, s -> s.bindNull(0, String.class))).isEqualTo("none");
        }
        assertThat(prepared(either)).isEqualTo(1);
    }

    @Test
    void aParameterMayChangeItsType() {
        String any = "SELECT pg_typeof($1) || ' ' || $1 AS answer";
        for (int i = 0; i < 3; i++) {
            assertThat(answer(any, s -> s.bind(0, 7))).isEqualTo("integer 7");
            assertThat(answer(any, s -> s.bind(0, 7L))).isEqualTo("bigint 7");
            assertThat(answer(any, s -> s.bindNull(0, Long.class))).isNull();
            assertThat(answer(any, s -> s.bind(0, "x"))).isEqualTo("character varying x");
        }
        assertThat(prepared(any)).isEqualTo(3);
    }

    /** An empty value that replaces another has the same type, or the driver would confuse two prepared statements. */
    @Test
    void clearedValuesKeepTheirTypes() {
        String sql = "SELECT concat_ws(' ', $1, $2, $3, $4, $5, $6, $7, $8) AS answer";
        Function<Statement, Statement> bind = s -> s.bind(0, "text")
                .bind(1, new String[] {"a", null})
                .bind(2, new Long[] {1L})
                .bind(3, new Integer[] {2, null})
                .bind(4, new Short[] {3})
                .bind(5, new Boolean[] {true})
                .bind(6, new UUID[] {new UUID(0, 1)})
                .bind(7, 5L);
        String first = answer(sql, bind);

        assertThat(answer(sql, bind))
                .isEqualTo(first)
                .isEqualTo("text {a,NULL} {1} {2,NULL} {3} {t} {00000000-0000-0000-0000-000000000001} 5");
        assertThat(created).hasSize(1);
        assertThat(prepared(sql)).isEqualTo(1);
    }

    @Test
    void aMissingValueIsAnErrorAlsoTheSecondTime() {
        String two = "SELECT $1::text || $2::text AS answer";
        assertThat(answer(two, s -> s.bind(0, "a").bind(1, "b"))).isEqualTo("ab");

        assertThatThrownBy(() -> answer(two, s -> s.bind(0, "c"))).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> answer(two, s -> s.bind(1, "c"))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void valuesAreNotHeldBetweenTwoRuns() {
        WeakReference<Object> bound = bindOnce();

        await().atMost(PATIENCE).until(() -> {
            System.gc();
            return bound.get() == null;
        });
        assertThat(echo("again")).isEqualTo("again");
        assertThat(created).hasSize(1);
    }

    private WeakReference<Object> bindOnce() {
        String[] payloads = {"payload"};
        assertThat(echo(payloads)).isEqualTo("payload");
        return new WeakReference<>(payloads);
    }

    @Test
    void aConnectionThatIsLostTakesItsStatementsWithIt() {
        Connections connections =
                new Connections(TestServer.newest().connectionFactory(), 5, PATIENCE, true, IllegalStateException::new);
        String sql = "SELECT CASE WHEN $1 THEN pg_terminate_backend(pg_backend_pid()) ELSE true END AS answer";
        try {
            for (int i = 0; i < 3; i++) {
                assertThat(terminate(connections, sql, false)).containsExactly(true);
                assertThatThrownBy(() -> terminate(connections, sql, true)).isInstanceOf(R2dbcException.class);
            }
        } finally {
            connections.close().block(PATIENCE);
        }
    }

    private static List<Boolean> terminate(Connections connections, String sql, boolean really) {
        return connections
                .work(sql, s -> s.bind(0, really), row -> row.get("answer", Boolean.class))
                .block(PATIENCE);
    }

    @Test
    void theLeastRecentlyUsedAreForgotten() {
        for (int i = 0; i < KeptStatements.MOST; i++) {
            numbered(i);
        }
        numbered(0);
        numbered(KeptStatements.MOST);
        created.clear();

        numbered(0);
        assertThat(created).isEmpty();
        numbered(1);
        assertThat(created).hasSize(1);
    }

    private void numbered(int number) {
        assertThat(answer("SELECT $1::text || " + number + " AS answer", s -> s.bind(0, "n")))
                .isEqualTo("n" + number);
    }

    @Test
    void statementsWithoutParametersAreNotKept() {
        for (int i = 0; i < 2; i++) {
            assertThat(answer("SELECT 'one' AS answer", s -> s)).isEqualTo("one");
        }
        assertThat(created).hasSize(2);
    }

    private String echo(String... values) {
        return answer(ECHO, s -> s.bind(0, values));
    }

    private String answer(String sql, Function<Statement, Statement> bind) {
        return channel.rows(sql, bind, row -> Arrays.asList(row.get("answer", String.class)))
                .block(PATIENCE)
                .get(0)
                .get(0);
    }

    private long prepared(String sql) {
        return Flux.from(driver.createStatement("SELECT count(*) FROM pg_prepared_statements WHERE statement = $1")
                        .bind(0, sql)
                        .execute())
                .concatMap(result -> result.map(row -> row.get(0, Long.class)))
                .blockLast(PATIENCE);
    }
}
