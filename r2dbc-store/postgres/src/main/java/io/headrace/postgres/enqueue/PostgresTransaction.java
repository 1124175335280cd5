package io.headrace.postgres.enqueue;

import io.headrace.Enqueued;
import io.headrace.postgres.connection.SqlChannel;
import io.headrace.postgres.signal.PostgresSignals;
import io.headrace.signal.SignalAnswer;
import io.headrace.spi.ClaimRequest;
import io.headrace.spi.EncodedJob;
import io.headrace.spi.EnqueuedClaim;
import io.headrace.spi.JobTransaction;
import io.headrace.spi.NewSignal;
import java.util.List;
import reactor.core.publisher.Mono;

/** A transaction of the caller's, which ends it: nothing here is notified of the commit. */
record PostgresTransaction(SqlChannel channel, PostgresIntake intake, TransactionLeases leases, PostgresSignals signals)
        implements JobTransaction {

    @Override
    public Mono<List<Enqueued>> enqueue(List<EncodedJob> jobs, long by) {
        return intake.enqueueIn(channel, jobs, by);
    }

    @Override
    public Mono<SignalAnswer> signal(NewSignal signal) {
        return signals.signalIn(channel, signal);
    }

    @Override
    public Mono<EnqueuedClaim> enqueueAndClaim(List<EncodedJob> jobs, ClaimRequest request) {
        return Mono.defer(() -> {
            request.requireTakes(jobs);
            return TransactionLeases.take(jobs)
                    ? leases.enqueueAndClaim(channel, jobs, request)
                            .onErrorMap(error -> EnqueueErrors.inTransaction(error, jobs))
                    : JobTransaction.super.enqueueAndClaim(jobs, request);
        });
    }
}
