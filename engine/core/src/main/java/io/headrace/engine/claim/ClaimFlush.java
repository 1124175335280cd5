package io.headrace.engine.claim;

import io.headrace.engine.flush.SmartFlush;
import io.headrace.spi.Claim;
import io.headrace.spi.ClaimRequest;
import io.headrace.spi.LeaseStore;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Makes the claims of an engine. A claim leaves at once while few are on their way. Those of an engine that is busy with many
 * queues gather meanwhile, and leave as one. Thread-safe.
 */
public final class ClaimFlush {

    private static final int ON_THEIR_WAY = 4;

    /** Of jobs in one claim of several queues. */
    private static final int MOST_JOBS = 4_096;

    /** A queue costs as much as so many jobs, however few are wanted of it. */
    private static final int LEAST_WEIGHT = 32;

    private final LeaseStore leases;
    private final SmartFlush<Wanted> wanted = SmartFlush.ofSeveral(
            each -> Math.max(LEAST_WEIGHT, each.request.limit()), MOST_JOBS, ON_THEIR_WAY, this::make);

    /** A claim, and what happens next. */
    private record Wanted(ClaimRequest request, Consumer<Claim> made, Consumer<Throwable> failed) {}

    public ClaimFlush(LeaseStore leases) {
        this.leases = leases;
        wanted.onBroken((batch, error) -> batch.forEach(each -> each.failed.accept(error)));
    }

    /** Exactly one of the two is called, on any thread. */
    void claim(ClaimRequest request, Consumer<Claim> made, Consumer<Throwable> failed) {
        wanted.add(new Wanted(request, made, failed));
    }

    private Mono<Void> make(List<Wanted> batch) {
        if (batch.size() == 1) {
            Wanted only = batch.get(0);
            return leases.claim(only.request).doOnNext(only.made).then();
        }
        return Flux.fromIterable(rounds(batch)).concatMap(this::makeOne).then();
    }

    private Mono<Void> makeOne(List<Wanted> round) {
        return leases.claim(round.stream().map(Wanted::request).toList())
                .doOnNext(claims -> {
                    for (int i = 0; i < claims.size(); i++) {
                        round.get(i).made.accept(claims.get(i));
                    }
                })
                .then()
                .onErrorResume(error -> {
                    round.forEach(each -> each.failed.accept(error));
                    return Mono.empty();
                });
    }

    /** A store takes a queue once in a claim, and one worker: another is there for a moment if the engine has registered anew. */
    private static List<List<Wanted>> rounds(List<Wanted> batch) {
        List<List<Wanted>> rounds = new ArrayList<>();
        List<Wanted> left = batch;
        while (!left.isEmpty()) {
            long worker = left.get(0).request.worker();
            Set<String> queues = new HashSet<>();
            List<Wanted> round = new ArrayList<>();
            List<Wanted> others = new ArrayList<>();
            for (Wanted each : left) {
                boolean fits = each.request.worker() == worker && queues.add(each.request.queue());
                (fits ? round : others).add(each);
            }
            rounds.add(round);
            left = others;
        }
        return rounds;
    }
}
