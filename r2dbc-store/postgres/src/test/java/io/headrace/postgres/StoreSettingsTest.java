package io.headrace.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.headrace.InvalidSettingException;
import io.headrace.postgres.connection.Connections;
import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.pool.ConnectionPoolConfiguration;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.ConnectionFactoryMetadata;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

class StoreSettingsTest {

    private static final String PLANNING = "SELECT concat_ws(' ', current_setting('plan_cache_mode'),"
            + " current_setting('enable_seqscan'), current_setting('enable_bitmapscan'))";

    @Test
    void tooFewConnectionsAreRefusedNamingWhatTheyAreFor() {
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> PostgresJobStore.builder(TestServer.newest().connectionFactory())
                        .maxConnections(4)
                        .build())
                .withMessageContaining("maxConnections: 4 is under 5")
                .withMessageContaining("heartbeats and sweeps");
    }

    @Test
    void aConnectionFactoryOfAnotherDatabaseIsRefused() {
        ConnectionFactory other = new ConnectionFactory() {
            @Override
            public Publisher<? extends Connection> create() {
                return Mono.never();
            }

            @Override
            public ConnectionFactoryMetadata getMetadata() {
                return () -> "other";
            }
        };

        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> PostgresJobStore.create(other))
                .withMessageContaining("is neither r2dbc-postgresql's connection");
    }

    @Test
    void theAppsPoolIsLookedThroughAndNotUsedUp() {
        TestSchema schema = new TestSchema(TestServer.newest());
        ConnectionPool pool = new ConnectionPool(
                ConnectionPoolConfiguration.builder(schema.server().connectionFactory())
                        .initialSize(0)
                        .maxSize(1)
                        .build());
        PostgresJobStore store =
                PostgresJobStore.builder(pool).schema(schema.name()).build();
        Connection taken = pool.create().block();
        try {
            assertThat(store.inspector().audit().block().isOk()).isTrue();
            assertThat(pool.getMetrics().orElseThrow().allocatedSize()).isEqualTo(1);
        } finally {
            Mono.from(taken.close()).block();
            pool.dispose();
            store.close().block();
            schema.close();
        }
    }

    @Test
    void howStatementsArePlannedIsSaidToSessionsOfItsOwnOnly() {
        assertThat(planning(true)).isEqualTo("force_generic_plan off off");
        assertThat(planning(false)).isEqualTo("auto on on");
    }

    private static String planning(boolean ownSessions) {
        Connections connections = new Connections(
                TestServer.newest().connectionFactory(),
                9,
                Duration.ofSeconds(30),
                ownSessions,
                IllegalStateException::new);
        try {
            assertThat(connections
                            .read(PLANNING, statement -> statement, row -> row.get(0, String.class))
                            .block())
                    .containsExactly("auto on on");
            return connections
                    .work(PLANNING, statement -> statement, row -> row.get(0, String.class))
                    .block()
                    .get(0);
        } finally {
            connections.close().block();
        }
    }
}
