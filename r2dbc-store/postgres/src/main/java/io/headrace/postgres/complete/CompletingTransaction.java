package io.headrace.postgres.complete;

import static io.headrace.TransactionRefusedException.Reason.NO_TRANSACTION;
import static io.headrace.TransactionRefusedException.Reason.OTHER_DATABASE;

import io.headrace.Enqueued;
import io.headrace.JobId;
import io.headrace.TransactionRefusedException;
import io.headrace.TransactionRefusedException.Reason;
import io.headrace.postgres.connection.SqlChannel;
import io.headrace.postgres.connection.SqlErrors;
import io.headrace.signal.SignalAnswer;
import io.headrace.spi.ClaimRequest;
import io.headrace.spi.EncodedJob;
import io.headrace.spi.EnqueuedClaim;
import io.headrace.spi.JobTransaction;
import io.headrace.spi.NewSignal;
import io.headrace.spi.NewStep;
import io.headrace.spi.Settlement;
import io.headrace.spi.TransactionAnswer;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** A transaction of a caller's, which ends it: jobs are enqueued in it and completed, and steps are recorded. */
record CompletingTransaction(JobTransaction enqueues, SqlChannel channel, CompletingTransactions statements)
        implements JobTransaction {

    /** What a database says that has no such function, or not in that schema. */
    private static final String UNDEFINED_FUNCTION = "42883";

    @Override
    public Mono<List<Enqueued>> enqueue(List<EncodedJob> jobs, long by) {
        return enqueues.enqueue(jobs, by);
    }

    @Override
    public Mono<EnqueuedClaim> enqueueAndClaim(List<EncodedJob> jobs, ClaimRequest request) {
        return enqueues.enqueueAndClaim(jobs, request);
    }

    @Override
    public Mono<SignalAnswer> signal(NewSignal signal) {
        return enqueues.signal(signal);
    }

    @Override
    public Mono<TransactionAnswer> complete(long worker, Settlement completion) {
        Function<Reason, Throwable> refused =
                reason -> new TransactionRefusedException(new JobId(completion.job()), reason);
        return in(expected -> statements.complete(channel, worker, completion, expected), refused)
                .delayUntil(answer -> answer.answer() == TransactionAnswer.Answer.DONE
                        ? statements.entail(channel, completion)
                        : Mono.empty())
                .onErrorMap(error -> mapped(error, refused));
    }

    @Override
    public Mono<TransactionAnswer> record(long worker, NewStep step) {
        Function<Reason, Throwable> refused =
                reason -> new TransactionRefusedException(new JobId(step.job()), step.name(), reason);
        return in(expected -> statements.record(channel, worker, step, expected), refused)
                .onErrorMap(error -> mapped(error, refused));
    }

    /** @param asked asks with the number of the transaction that is expected, or {@code null} */
    private static Mono<TransactionAnswer> in(
            Function<@Nullable String, Mono<CompletingTransactions.Answer>> asked,
            Function<Reason, Throwable> refused) {
        return asked.apply(null)
                .flatMap(
                        first -> first.what().equals("ASK_AGAIN") ? asked.apply(first.transaction()) : Mono.just(first))
                .flatMap(answer -> answered(answer, refused));
    }

    private static Mono<TransactionAnswer> answered(
            CompletingTransactions.Answer answer, Function<Reason, Throwable> refused) {
        if (answer.what().equals("NO_TRANSACTION")) {
            return Mono.error(refused.apply(NO_TRANSACTION));
        }
        TransactionAnswer.Answer said = TransactionAnswer.Answer.valueOf(answer.what());
        String transaction = said == TransactionAnswer.Answer.DONE ? Objects.requireNonNull(answer.transaction()) : "";
        return Mono.just(new TransactionAnswer(said, transaction));
    }

    private static Throwable mapped(Throwable error, Function<Reason, Throwable> refused) {
        String state = SqlErrors.state(error);
        return UNDEFINED_FUNCTION.equals(state) || SqlErrors.isUndefined(state)
                ? refused.apply(OTHER_DATABASE)
                : SqlErrors.of(error);
    }
}
