package io.headrace.engine.observed;

import io.headrace.engine.guard.GuardedCall;
import io.headrace.observe.StoreCall;
import io.headrace.spi.Claim;
import io.headrace.spi.ClaimRequest;
import io.headrace.spi.CompletionLook;
import io.headrace.spi.LeaseStore;
import io.headrace.spi.LeasedPart;
import io.headrace.spi.Payload;
import io.headrace.spi.PayloadRequest;
import io.headrace.spi.PollAnswer;
import io.headrace.spi.PollRequest;
import io.headrace.spi.ProgressNote;
import io.headrace.spi.Settlement;
import java.util.List;
import reactor.core.publisher.Mono;

/** Leases of which an observer is told. */
record ObservedLeases(LeaseStore leases, ObservedCalls calls) implements LeaseStore {

    @Override
    public Mono<Claim> claim(ClaimRequest request) {
        return calls.watched(
                StoreCall.CLAIM,
                () -> leases.claim(request),
                claim -> claim.jobs().size());
    }

    @Override
    public Mono<List<Claim>> claim(List<ClaimRequest> requests) {
        return calls.watched(
                StoreCall.CLAIM,
                () -> leases.claim(requests),
                claims ->
                        claims.stream().mapToLong(claim -> claim.jobs().size()).sum());
    }

    @Override
    public Mono<List<PollAnswer>> poll(List<PollRequest> requests) {
        return GuardedCall.of(() -> leases.poll(requests));
    }

    @Override
    public Mono<List<Payload>> payloads(List<PayloadRequest> requests) {
        return calls.told(StoreCall.PAYLOADS, () -> leases.payloads(requests), List::size);
    }

    @Override
    public Mono<List<Settlement>> settle(long worker, List<Settlement> settlements) {
        return calls.watched(StoreCall.SETTLE, () -> leases.settle(worker, settlements), late -> settlements.size());
    }

    @Override
    public Mono<List<Long>> split(long worker, List<LeasedPart> parts) {
        return GuardedCall.of(() -> leases.split(worker, parts));
    }

    @Override
    public Mono<List<CompletionLook.Answer>> completions(long worker, List<CompletionLook> looks) {
        return GuardedCall.of(() -> leases.completions(worker, looks));
    }

    @Override
    public Mono<Void> note(long worker, List<ProgressNote> notes) {
        return GuardedCall.of(() -> leases.note(worker, notes));
    }
}
