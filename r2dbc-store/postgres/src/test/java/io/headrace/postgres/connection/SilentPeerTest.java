package io.headrace.postgres.connection;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.headrace.postgres.FreezingProxy;
import io.headrace.postgres.TestServer;
import io.headrace.postgres.claim.ClaimCursors;
import io.headrace.postgres.listen.Listener;
import io.headrace.postgres.result.AwaitingClients;
import io.headrace.postgres.sql.SchemaName;
import io.headrace.spi.StoreHealth;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;

/** A peer that takes a connection and says nothing. */
class SilentPeerTest {

    private static final Duration PATIENCE = ofSeconds(60);
    private static final TestServer SERVER = TestServer.newest();

    private FreezingProxy proxy;
    private Sessions sessions;

    @BeforeEach
    void open() throws IOException {
        proxy = new FreezingProxy(SERVER.host(), SERVER.port());
        proxy.silent(true);
        sessions = new Sessions(
                SERVER.behind(proxy).connectionFactory(),
                new ServerEpoch(System::nanoTime),
                ofMillis(200),
                false,
                IllegalStateException::new);
    }

    @AfterEach
    void close() throws IOException {
        proxy.close();
    }

    @Test
    void theListenerConnectsWhenItIsWellAgain() {
        Listener listener =
                new Listener(sessions, new SchemaName("headrace"), new ClaimCursors(), new AwaitingClients(), true);
        Disposable wakeUps = listener.wakeUps().subscribe();
        await().atMost(PATIENCE).until(() -> proxy.unanswered() > 1);
        assertThat(listener.health()).isEqualTo(StoreHealth.WakeUps.AWAY);

        proxy.silent(false);

        await().atMost(PATIENCE).until(() -> listener.health() == StoreHealth.WakeUps.HEARD);
        wakeUps.dispose();
    }

    @Test
    void howeverOftenTheListenerFailsItsGoingAndItsReturnAreALineEach() {
        Logger logger = (Logger) LoggerFactory.getLogger(Listener.class);
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        logger.setLevel(Level.INFO);
        logger.addAppender(lines);
        try {
            Listener listener =
                    new Listener(sessions, new SchemaName("headrace"), new ClaimCursors(), new AwaitingClients(), true);
            Disposable wakeUps = listener.wakeUps().subscribe();
            await().atMost(PATIENCE).until(() -> proxy.unanswered() > 2);
            proxy.silent(false);
            await().atMost(PATIENCE).until(() -> listener.health() == StoreHealth.WakeUps.HEARD);
            wakeUps.dispose();

            assertThat(lines.list)
                    .extracting(
                            ILoggingEvent::getLevel,
                            line -> line.getFormattedMessage().replaceAll(":.*", ""))
                    .containsExactly(
                            tuple(Level.WARN, "Listening for wake-ups failed, reconnecting"),
                            tuple(Level.INFO, "Listening for wake-ups again"));
        } finally {
            logger.detachAppender(lines);
            logger.setLevel(null);
        }
    }

    @Test
    void aConnectionThatArrivesTooLateIsClosed() throws IOException {
        assertThatThrownBy(() -> sessions.connect("SELECT 1").block(PATIENCE))
                .hasRootCauseInstanceOf(TimeoutException.class);
        assertThat(proxy.open()).isZero();

        proxy.answerAll();

        await().atMost(PATIENCE).until(() -> proxy.connections() == 1 && proxy.open() == 0);
    }
}
