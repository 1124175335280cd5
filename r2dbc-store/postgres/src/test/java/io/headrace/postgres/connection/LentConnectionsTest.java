package io.headrace.postgres.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.postgres.TestServer;
import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.pool.ConnectionPoolConfiguration;
import io.r2dbc.postgresql.api.PostgresqlConnection;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.ConnectionFactoryMetadata;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/** Statements are kept for the next transaction on the same connection, unless a wrapper has to see each of them. */
class LentConnectionsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String ECHO = "SELECT $1::text AS answer";

    private final LentConnections lent = new LentConnections();
    private final List<String> created = new ArrayList<>();
    private final List<PostgresqlConnection> open = new ArrayList<>();

    @AfterEach
    void close() {
        open.forEach(connection -> connection.close().block(PATIENCE));
    }

    private PostgresqlConnection connect() {
        PostgresqlConnection connection =
                TestServer.newest().connectionFactory().create().block(PATIENCE);
        open.add(connection);
        return connection;
    }

    @Test
    void aConnectionThatAPoolLendsAgainHasItsStatements() {
        ConnectionPool pool = new ConnectionPool(ConnectionPoolConfiguration.builder(counted())
                .initialSize(1)
                .maxSize(1)
                .build());
        try {
            for (int i = 0; i < 3; i++) {
                Connection borrowed = pool.create().block(PATIENCE);
                assertThat(echo(borrowed, "" + i)).isEqualTo("" + i);
                Mono.from(borrowed.close()).block(PATIENCE);
            }
        } finally {
            pool.close().block(PATIENCE);
        }
        assertThat(created).containsExactly(ECHO);
    }

    private ConnectionFactory counted() {
        ConnectionFactory driver = TestServer.newest().connectionFactory();
        return new ConnectionFactory() {
            @Override
            public Publisher<? extends Connection> create() {
                return Mono.from(driver.create()).map(connection -> CountedConnection.of(connection, created));
            }

            @Override
            public ConnectionFactoryMetadata getMetadata() {
                return driver.getMetadata();
            }
        };
    }

    @Test
    void aWrapperThatObservesStatementsSeesEach() {
        PostgresqlConnection connection = connect();
        Connection observed = CountedConnection.observing(connection, created);

        assertThat(echo(connection, "kept")).isEqualTo("kept");
        assertThat(echo(observed, "first")).isEqualTo("first");
        assertThat(echo(observed, "second")).isEqualTo("second");

        assertThat(created).containsExactly(ECHO, ECHO);
    }

    @Test
    void aClosedConnectionIsForgottenWhenAnotherComes() {
        PostgresqlConnection first = connect();
        assertThat(echo(first, "a")).isEqualTo("a");
        first.close().block(PATIENCE);

        assertThat(echo(connect(), "b")).isEqualTo("b");
        assertThat(echo(connect(), "c")).isEqualTo("c");

        assertThat(lent.size()).isEqualTo(2);
    }

    @Test
    void noMoreConnectionsAreKnownThanTheBound() {
        for (int i = 0; i < LentConnections.MOST + 10; i++) {
            lent.channel(connected());
        }
        assertThat(lent.size()).isEqualTo(LentConnections.MOST);
    }

    private static PostgresqlConnection connected() {
        return (PostgresqlConnection) Proxy.newProxyInstance(
                LentConnectionsTest.class.getClassLoader(),
                new Class<?>[] {PostgresqlConnection.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "hashCode" -> System.identityHashCode(proxy);
                    case "equals" -> proxy == arguments[0];
                    case "validate" -> Mono.just(true);
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    private String echo(Connection connection, String text) {
        return lent.channel(connection)
                .rows(ECHO, s -> s.bind(0, text), row -> row.get("answer", String.class))
                .block(PATIENCE)
                .get(0);
    }
}
