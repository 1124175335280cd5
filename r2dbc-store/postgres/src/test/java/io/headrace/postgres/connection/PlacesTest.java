package io.headrace.postgres.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.postgres.FreezingProxy;
import io.headrace.postgres.TestServer;
import io.r2dbc.spi.R2dbcException;
import io.r2dbc.spi.Readable;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** However a use of a connection ends, its place in the pool is free again. */
@Tag("slow")
class PlacesTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int WORK = 3;

    private Connections connections = new Connections(
            TestServer.newest().connectionFactory(), 7, Duration.ofSeconds(2), true, IllegalStateException::new);

    @AfterEach
    void close() {
        connections.close().block(PATIENCE);
    }

    @ParameterizedTest
    @ValueSource(
            classes = {OutOfMemoryError.class, StackOverflowError.class, NoClassDefFoundError.class, ThreadDeath.class})
    void anErrorWhileRowsAreReadCostsNoPlace(Class<? extends Error> kind) {
        for (int i = 0; i < 3 * WORK; i++) {
            assertThatThrownBy(() -> work("SELECT generate_series(1, 2000)", row -> {
                        throw make(kind);
                    }))
                    .hasRootCauseInstanceOf(kind);
        }
        allPlacesAreThere();
    }

    private static Error make(Class<? extends Error> kind) {
        try {
            return kind.getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void anErrorWhileValuesAreBoundCostsNoPlace() {
        for (int i = 0; i < 3 * WORK; i++) {
            assertThatThrownBy(() -> connections
                            .work(
                                    "SELECT $1",
                                    statement -> {
                                        throw new OutOfMemoryError("bind");
                                    },
                                    row -> row)
                            .block(PATIENCE))
                    .isInstanceOf(ThrownErrorException.class)
                    .hasRootCauseInstanceOf(OutOfMemoryError.class);
        }
        allPlacesAreThere();
    }

    @Test
    void anErrorThatPassesThroughTheDriverCostsNoPlace() {
        Mono<Integer> poisoned = connections.work(
                channel -> channel.rows("SELECT generate_series(1, 2000)", statement -> statement, row -> 1)
                        .map(rows -> {
                            throw new OutOfMemoryError("nobody catches this");
                        }));

        List<Object> answers = Flux.range(0, WORK)
                .flatMap(i -> poisoned.<Object>cast(Object.class).onErrorResume(Mono::just))
                .collectList()
                .block(PATIENCE);

        assertThat(answers).hasSize(WORK).allMatch(ConnectionLostException.class::isInstance);
        allPlacesAreThere();
    }

    @Test
    void aSocketCutInMidAnswerCostsNoPlace() throws IOException {
        try (FreezingProxy proxy = new FreezingProxy(
                TestServer.newest().host(), TestServer.newest().port())) {
            connections.close().block(PATIENCE);
            connections = new Connections(
                    TestServer.newest().behind(proxy).connectionFactory(),
                    7,
                    Duration.ofSeconds(20),
                    true,
                    IllegalStateException::new);
            for (int i = 0; i < 2 * WORK; i++) {
                AtomicBoolean cut = new AtomicBoolean();
                assertThatThrownBy(() -> work("SELECT repeat('x', 1000) FROM generate_series(1, 100000)", row -> {
                            if (cut.compareAndSet(false, true)) {
                                proxy.cut();
                            }
                            return 1;
                        }))
                        .isInstanceOf(R2dbcException.class);
            }
            allPlacesAreThere();
        }
    }

    @Test
    void aPeerThatIsGoneWithoutAWordCostsNoPlace() throws IOException {
        try (FreezingProxy proxy = new FreezingProxy(
                TestServer.newest().host(), TestServer.newest().port())) {
            connections.close().block(PATIENCE);
            connections = new Connections(
                    TestServer.newest().behind(proxy).connectionFactory(),
                    7,
                    Duration.ofMillis(500),
                    true,
                    IllegalStateException::new);
            allPlacesAreThere();
            proxy.freeze();
            assertThat(Flux.range(0, WORK)
                            .flatMap(i -> connections
                                    .work("SELECT 1", s -> s, row -> 1)
                                    .onErrorReturn(List.of()))
                            .collectList()
                            .block(PATIENCE))
                    .containsOnly(List.of());
            allPlacesAreThere();
        }
    }

    private void allPlacesAreThere() {
        assertThat(Flux.range(0, WORK)
                        .flatMap(i -> connections.work(channel ->
                                Mono.delay(Duration.ofMillis(200)).then(channel.rows("SELECT 1", s -> s, row -> 1))))
                        .collectList()
                        .block(PATIENCE))
                .hasSize(WORK);
        assertThat(connections.pools().get(0).acquired()).isZero();
    }

    private List<Integer> work(String sql, Function<Readable, Integer> row) {
        return connections.work(sql, statement -> statement, row).block(PATIENCE);
    }
}
