package io.headrace.postgres.listen;

import io.headrace.postgres.claim.ClaimCursors;
import io.headrace.postgres.connection.Session;
import io.headrace.postgres.connection.Sessions;
import io.headrace.postgres.result.AwaitingClients;
import io.headrace.postgres.sql.SchemaName;
import io.headrace.spi.StoreHealth;
import io.headrace.spi.WakeUp;
import io.r2dbc.postgresql.api.Notification;
import io.r2dbc.postgresql.api.PostgresqlConnection;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.util.retry.Retry;

/**
 * Wake-ups over LISTEN, on one connection of its own for all queues. A connection that is lost is made again, and each
 * time it has been made every queue is announced, since what was sent meanwhile is lost. A question is asked over it now
 * and then, so that a connection whose other end is gone without a word is found out.
 *
 * <p>What is sent is a queue's name, after a {@code <} if sets of it were put back into old places, which claims would
 * pass by otherwise, and after a {@code =} if not. After a {@code +}, some milliseconds and a blank, it is one that has a job
 * due after that time. A {@code *} alone says that schedules were written. A {@code ?} and a client say that it waits for the end of
 * jobs, and a {@code !} says which have ended, see {@link EndedJobs}.
 */
public final class Listener {

    private static final Logger log = LoggerFactory.getLogger(Listener.class);

    private static final char PUT_BACK = '<';
    private static final Pattern LATER = Pattern.compile("\\+(\\d{1,9}) (.+)", Pattern.DOTALL);
    private static final String SCHEDULES = "*";
    private static final char WAITS = '?';
    private static final char ENDED = '!';
    private static final Duration ASK_EVERY = Duration.ofSeconds(30);
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(3);
    private static final Duration SUPPOSE_EVERY = Duration.ofSeconds(5);
    private final Sessions sessions;
    private final Retry reconnect;
    private final SchemaName schema;
    private final ClaimCursors cursors;
    private final AwaitingClients awaiting;
    private final boolean wanted;
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger heard = new AtomicInteger();
    private final AtomicBoolean away = new AtomicBoolean();
    private final ScheduleChanges changes = new ScheduleChanges();
    private final Sinks.Empty<Void> closed = Sinks.empty();

    /**
     * Listens when asked for wake-ups.
     *
     * @param wanted whether anything is to be heard; if not, there is silence
     */
    public Listener(
            Sessions sessions, SchemaName schema, ClaimCursors cursors, AwaitingClients awaiting, boolean wanted) {
        this.awaiting = awaiting;
        this.sessions = sessions;
        this.reconnect = Retry.backoff(Long.MAX_VALUE, Duration.ofMillis(100))
                .maxBackoff(Duration.ofSeconds(5))
                .transientErrors(true)
                .scheduler(sessions.timers());
        this.schema = schema;
        this.cursors = cursors;
        this.wanted = wanted;
    }

    /** As {@link io.headrace.spi.JobStore#wakeUps} says. After {@link #close}, there is silence. */
    public Flux<WakeUp> wakeUps() {
        Flux<WakeUp> silence = Flux.<WakeUp>just(WakeUp.Silence.INSTANCE).concatWith(Flux.never());
        if (!wanted) {
            return silence;
        }
        return Flux.usingWhen(sessions.connect(), this::listen, Session::close)
                .doOnError(this::failed)
                .onErrorResume(
                        error -> Flux.<WakeUp>just(WakeUp.Silence.INSTANCE).concatWith(Flux.error(error)))
                .retryWhen(reconnect)
                .takeUntilOther(closed.asMono())
                .concatWith(silence)
                .doOnSubscribe(subscription -> asked.incrementAndGet())
                .doFinally(signal -> asked.decrementAndGet());
    }

    /** Closes the connections of those who listen, and of those to come. */
    public void close() {
        closed.tryEmitEmpty();
    }

    /** As {@link io.headrace.spi.ScheduleStore#changes} says. */
    public Flux<Boolean> scheduleChanges() {
        return wanted
                ? changes.listen()
                : Flux.interval(SUPPOSE_EVERY, sessions.timers())
                        .onBackpressureDrop()
                        .map(tick -> true);
    }

    /** One line however often connecting fails, and one when it succeeds. */
    private void failed(Throwable error) {
        log.atLevel(away.getAndSet(true) ? Level.DEBUG : Level.WARN)
                .log("Listening for wake-ups failed, reconnecting: {}", error.getMessage());
    }

    private void succeeded() {
        if (away.getAndSet(false)) {
            log.info("Listening for wake-ups again");
        }
    }

    /** Whether those that asked for wake-ups would hear them now. */
    public StoreHealth.WakeUps health() {
        if (!wanted) {
            return StoreHealth.WakeUps.OFF;
        }
        int listeners = asked.get();
        if (listeners == 0) {
            return StoreHealth.WakeUps.NOT_WANTED;
        }
        return heard.get() >= listeners ? StoreHealth.WakeUps.HEARD : StoreHealth.WakeUps.AWAY;
    }

    private Flux<WakeUp> listen(Session session) {
        PostgresqlConnection connection = session.connection();
        AtomicBoolean counted = new AtomicBoolean();
        // Notifications first: none that comes between LISTEN and the subscription may be missed.
        Flux<WakeUp> sent = connection.getNotifications().filter(this::isForAll).map(this::wakeUp);
        Mono<WakeUp> listening = connection
                .createStatement("LISTEN " + schema.text())
                .execute()
                .flatMap(result -> result.getRowsUpdated())
                .then(Mono.fromSupplier(() -> {
                    if (counted.compareAndSet(false, true)) {
                        succeeded();
                        heard.incrementAndGet();
                        changes.announce();
                    }
                    return WakeUp.EveryQueue.INSTANCE;
                }));
        Mono<WakeUp> ended = Mono.error(() -> new IllegalStateException("the connection was closed"));
        return Flux.merge(sent.concatWith(ended), listening, asking(session)).doFinally(signal -> {
            if (counted.getAndSet(true)) {
                heard.decrementAndGet();
            }
        });
    }

    private Flux<WakeUp> asking(Session session) {
        return Flux.interval(ASK_EVERY, sessions.timers())
                .onBackpressureDrop()
                .doOnNext(tick -> {
                    if (!sessions.isCurrent(session)) {
                        throw new IllegalStateException("another server is to be talked to");
                    }
                })
                .concatMap(tick -> session.connection()
                        .createStatement("SELECT 1")
                        .execute()
                        .flatMap(result -> result.map(row -> true))
                        .then()
                        .timeout(ANSWER_WITHIN, sessions.timers()))
                .cast(WakeUp.class);
    }

    /** What is not for those who asked for wake-ups is dealt with here. */
    private boolean isForAll(Notification notification) {
        String sent = notification.getParameter();
        if (SCHEDULES.equals(sent)) {
            changes.announce();
            return false;
        }
        if (sent != null && !sent.isEmpty() && sent.charAt(0) == WAITS) {
            awaiting.heard(Long.parseLong(sent.substring(1)));
            return false;
        }
        return true;
    }

    private WakeUp wakeUp(Notification notification) {
        String sent = notification.getParameter();
        if (sent == null || sent.isEmpty()) {
            return WakeUp.EveryQueue.INSTANCE;
        }
        Matcher later = LATER.matcher(sent);
        if (later.matches()) {
            return new WakeUp.Due(later.group(2), Duration.ofMillis(Long.parseLong(later.group(1))));
        }
        if (sent.charAt(0) == ENDED) {
            return EndedJobs.parse(sent.substring(1));
        }
        String queue = sent.substring(1);
        if (sent.charAt(0) == PUT_BACK) {
            cursors.lookBack(queue);
        }
        return new WakeUp.Due(queue);
    }
}
