package io.headrace.postgres.complete;

import static io.headrace.CompletionRefusedException.Reason.NO_TRANSACTION;
import static io.headrace.CompletionRefusedException.Reason.OTHER_DATABASE;

import io.headrace.CompletionRefusedException;
import io.headrace.Enqueued;
import io.headrace.JobId;
import io.headrace.postgres.connection.SqlChannel;
import io.headrace.postgres.connection.SqlErrors;
import io.headrace.signal.SignalAnswer;
import io.headrace.spi.ClaimRequest;
import io.headrace.spi.CompletedIn;
import io.headrace.spi.EncodedJob;
import io.headrace.spi.EnqueuedClaim;
import io.headrace.spi.JobTransaction;
import io.headrace.spi.NewSignal;
import io.headrace.spi.Settlement;
import java.util.List;
import java.util.Objects;
import reactor.core.publisher.Mono;

/** A transaction of a caller's, which ends it: jobs are enqueued in it and completed. */
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
    public Mono<CompletedIn> complete(long worker, Settlement completion) {
        return statements
                .complete(channel, worker, completion, null)
                .flatMap(first -> first.what().equals("ASK_AGAIN")
                        ? statements.complete(channel, worker, completion, first.transaction())
                        : Mono.just(first))
                .flatMap(answer -> answered(answer, completion))
                .onErrorMap(error -> mapped(error, completion));
    }

    private Mono<CompletedIn> answered(CompletingTransactions.Answer answer, Settlement completion) {
        return switch (answer.what()) {
            case "DONE" ->
                statements
                        .entail(channel, completion)
                        .thenReturn(
                                new CompletedIn(CompletedIn.Answer.DONE, Objects.requireNonNull(answer.transaction())));
            case "NO_TRANSACTION" -> Mono.error(refused(completion, NO_TRANSACTION));
            default -> Mono.just(new CompletedIn(CompletedIn.Answer.valueOf(answer.what()), ""));
        };
    }

    private static Throwable mapped(Throwable error, Settlement completion) {
        String state = SqlErrors.state(error);
        return UNDEFINED_FUNCTION.equals(state) || SqlErrors.isUndefined(state)
                ? refused(completion, OTHER_DATABASE)
                : SqlErrors.of(error);
    }

    private static CompletionRefusedException refused(Settlement completion, CompletionRefusedException.Reason reason) {
        return new CompletionRefusedException(new JobId(completion.job()), reason);
    }
}
