package io.headrace.postgres.signal;

import io.headrace.HeadraceException;
import io.headrace.StoreException;
import io.headrace.postgres.connection.Connections;
import io.headrace.postgres.connection.SqlChannel;
import io.headrace.postgres.connection.SqlErrors;
import io.headrace.postgres.sql.Parameters;
import io.headrace.postgres.sql.Statements;
import io.headrace.signal.SignalAnswer;
import io.headrace.signal.SignalBusyException;
import io.headrace.spi.NewSignal;
import io.headrace.spi.SignalQuestion;
import io.headrace.spi.SignalReading;
import io.headrace.spi.SignalStore;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/** Signals in PostgreSQL. Thread-safe. */
public final class PostgresSignals implements SignalStore {

    private static final String LOCK_NOT_AVAILABLE = "55P03";

    /** How long one try waits for the transaction of another with the same key, on a connection that others need. */
    private static final Duration PATIENCE = Duration.ofMillis(100);

    private static final int TRIES = 70;
    private static final Duration PAUSE = Duration.ofMillis(50);

    private final String send;
    private final String read;
    private final String awaiting;
    private final SignalPruner pruner;
    private final Connections connections;
    private final int tries;

    public PostgresSignals(Statements statements, Connections connections) {
        this(statements, connections, TRIES);
    }

    /** @param tries how often to try while an open transaction has sent the same key */
    public PostgresSignals(Statements statements, Connections connections, int tries) {
        this.send = statements.named("signal/send");
        this.read = statements.named("signal/read");
        this.awaiting = statements.named("signal/awaiting");
        this.pruner = new SignalPruner(statements, connections);
        this.connections = connections;
        this.tries = tries;
    }

    @Override
    public Mono<SignalAnswer> signal(NewSignal signal) {
        return connections
                .work(channel -> send(channel, signal, PATIENCE))
                .retryWhen(Retry.fixedDelay(tries, PAUSE)
                        .filter(error -> LOCK_NOT_AVAILABLE.equals(SqlErrors.state(error)))
                        .onRetryExhaustedThrow((spec, last) -> last.failure()))
                .onErrorMap(error -> error(signal, error));
    }

    /** In a transaction of the caller's. How long it waits for others is the caller's to say. */
    public Mono<SignalAnswer> signalIn(SqlChannel channel, NewSignal signal) {
        return send(channel, signal, null).onErrorMap(SqlErrors::of);
    }

    private Mono<SignalAnswer> send(SqlChannel channel, NewSignal signal, @Nullable Duration patience) {
        return channel.rows(
                        send,
                        statement -> new Parameters(statement)
                                .value(signal.key())
                                .textOrNull(signal.value())
                                .textOrNull(signal.headers())
                                .textOrNull(patience == null ? null : patience.toMillis() + "ms")
                                .statement(),
                        SentRow::of)
                .map(rows -> rows.get(0).answer());
    }

    private HeadraceException error(NewSignal signal, Throwable error) {
        HeadraceException known = SqlErrors.of(error);
        return known instanceof StoreException e && LOCK_NOT_AVAILABLE.equals(e.sqlState())
                ? new SignalBusyException(signal.key(), PATIENCE.plus(PAUSE).multipliedBy(tries), e)
                : known;
    }

    @Override
    public Mono<List<SignalReading>> read(List<SignalQuestion> questions) {
        return ask(questions).onErrorMap(SqlErrors::of);
    }

    /** Once more if a signal counts that this statement does not see: the next one does. */
    private Mono<List<SignalReading>> ask(List<SignalQuestion> questions) {
        return connections
                .work(
                        read,
                        statement -> new Parameters(statement)
                                .longs(questions, SignalQuestion::job)
                                .texts(questions, SignalQuestion::key)
                                .statement(),
                        AnswerRow::of)
                .flatMap(rows -> rows.stream().anyMatch(AnswerRow::isUnseen)
                        ? ask(questions)
                        : Mono.just(rows.stream().map(AnswerRow::reading).toList()));
    }

    @Override
    public Mono<AwaitedSlice> awaiting(@Nullable String key, @Nullable AwaitedPlace after, int most) {
        return connections
                .read(
                        awaiting,
                        statement -> new Parameters(statement)
                                .textOrNull(key)
                                .value(after == null ? "" : after.key())
                                .value(
                                        after == null
                                                ? Long.MIN_VALUE
                                                : after.job().value())
                                .value(most)
                                .statement(),
                        AwaitedRow::of)
                .map(rows -> AwaitedRow.slice(rows, most))
                .onErrorMap(SqlErrors::of);
    }

    @Override
    public Mono<Long> prune(Duration retention) {
        return pruner.prune(retention);
    }

    /** The next prune begins at the oldest: for tests that move the rows' times. */
    public void lookBack() {
        pruner.lookBack();
    }
}
