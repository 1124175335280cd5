package io.headrace.engine.settle;

import io.headrace.JobId;
import io.headrace.UniqueKeyBusyException;
import java.time.Duration;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Outcomes whose follow-ups want unique keys that somebody else's open transaction is about to take or release. They wait here,
 * apart from all others, and are tried one by one, of those that want the same key only the first, until that transaction has
 * ended or their lease is lost. Thread-safe.
 */
final class BusySettlements {

    private static final Logger log = LoggerFactory.getLogger(BusySettlements.class);

    private static final Duration PAUSE = Duration.ofMillis(100);
    /** After how many tries it is worth a warning: some ten seconds. */
    private static final int MANY = 100;

    private final Function<Settling, Mono<Void>> record;
    private final BiConsumer<Settling, Throwable> giveUp;
    private final Scheduler scheduler;
    private final Map<Settling, Integer> waiting = new LinkedHashMap<>();
    private boolean trying;

    /**
     * @param record tries one: completes if that is over, errs with a {@link UniqueKeyBusyException} if a key is busy still
     * @param giveUp is told of those that are not tried any more
     */
    BusySettlements(
            Function<Settling, Mono<Void>> record, BiConsumer<Settling, Throwable> giveUp, Scheduler scheduler) {
        this.record = record;
        this.giveUp = giveUp;
        this.scheduler = scheduler;
    }

    void add(Settling settling) {
        synchronized (this) {
            waiting.put(settling, 0);
            if (trying) {
                return;
            }
            trying = true;
        }
        tryLater();
    }

    private void tryLater() {
        Mono.delay(PAUSE, scheduler).then(Mono.defer(this::tryAll)).subscribe(nothing -> {}, this::end, this::goOn);
    }

    private void goOn() {
        synchronized (this) {
            trying = !waiting.isEmpty();
            if (!trying) {
                return;
            }
        }
        tryLater();
    }

    /** The scheduler runs nothing any more. */
    private void end(Throwable error) {
        for (Settling each : all()) {
            leave(each);
            giveUp.accept(each, error);
        }
    }

    private Mono<Void> tryAll() {
        Set<String> busy = new HashSet<>();
        return Flux.fromIterable(all()).concatMap(each -> tryOne(each, busy), 0).then();
    }

    private Mono<Void> tryOne(Settling settling, Set<String> busy) {
        if (!Collections.disjoint(settling.keys(), busy)) {
            return Mono.empty();
        }
        return record.apply(settling)
                .doOnSuccess(nothing -> leave(settling))
                .onErrorResume(UniqueKeyBusyException.class, error -> {
                    busy.addAll(error.keys());
                    warn(settling, error);
                    return Mono.empty();
                });
    }

    private void warn(Settling settling, UniqueKeyBusyException error) {
        int tries;
        synchronized (this) {
            tries = waiting.merge(settling, 1, Integer::sum);
        }
        if (tries == MANY) {
            log.warn(
                    "The outcome of job {} is not recorded yet, because of its follow-ups. {}",
                    new JobId(settling.job().job().id()),
                    error.getMessage());
        }
    }

    private synchronized void leave(Settling settling) {
        waiting.remove(settling);
    }

    private synchronized List<Settling> all() {
        return List.copyOf(waiting.keySet());
    }
}
