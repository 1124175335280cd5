package io.headrace.postgres.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.postgres.TestServer;
import io.r2dbc.postgresql.api.PostgresqlConnection;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PoolerProbeTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private PostgresqlConnection first;
    private PostgresqlConnection second;

    @BeforeEach
    void connect() {
        first = TestServer.newest().connectionFactory().create().block(PATIENCE);
        second = TestServer.newest().connectionFactory().create().block(PATIENCE);
    }

    @AfterEach
    void close() {
        first.close().then(second.close()).block(PATIENCE);
    }

    @Test
    void sessionsOfOnesOwnRaiseNoAlarm() {
        assertThat(PoolerProbe.finds(first, second).block(PATIENCE)).isFalse();
    }

    /** As behind a pooler: what is said to the one reaches the session of the other. */
    @Test
    void aSharedSessionIsFound() {
        assertThat(PoolerProbe.finds(first, first).block(PATIENCE)).isTrue();
    }
}
