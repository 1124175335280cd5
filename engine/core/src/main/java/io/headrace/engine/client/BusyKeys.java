package io.headrace.engine.client;

import io.headrace.UniqueKeyBusyException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Calls whose unique keys somebody else's open transaction is about to take or give back. They wait here, apart from all
 * others, and are tried one by one, of those that want the same key the first only, until that transaction has ended or their
 * patience has. Thread-safe.
 */
final class BusyKeys {

    private static final Duration PAUSE = Duration.ofMillis(100);

    private final Function<EnqueueCall, Mono<Void>> write;
    private final Consumer<EnqueueCall> again;
    private final Consumer<EnqueueCall> left;
    private final Duration patience;
    private final Scheduler scheduler;
    private final Map<EnqueueCall, Long> waiting = new LinkedHashMap<>();
    private boolean trying;

    /**
     * @param write tries one call: completes if it has had an answer, errs with a {@link UniqueKeyBusyException} if not yet
     * @param again takes a call that may find its key free now
     * @param left is told of each call that is here no more, save those that went to {@code again}
     */
    BusyKeys(
            Function<EnqueueCall, Mono<Void>> write,
            Consumer<EnqueueCall> again,
            Consumer<EnqueueCall> left,
            Duration patience,
            Scheduler scheduler) {
        this.write = write;
        this.again = again;
        this.left = left;
        this.patience = patience;
        this.scheduler = scheduler;
    }

    /** Takes a call if it wants a key that another waits for here. */
    synchronized boolean takes(EnqueueCall call) {
        if (waiting.keySet().stream().noneMatch(call::contends)) {
            return false;
        }
        waiting.put(call, now());
        return true;
    }

    /** Takes a call that was tried alone, and whose key was busy. */
    void add(EnqueueCall call) {
        synchronized (this) {
            waiting.putIfAbsent(call, now());
            if (trying) {
                return;
            }
            trying = true;
        }
        tryLater();
    }

    private void tryLater() {
        Mono.delay(PAUSE, scheduler).then(Mono.defer(this::tryAll)).subscribe(nothing -> {}, this::giveUp, this::goOn);
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
    private void giveUp(Throwable error) {
        calls().forEach(call -> {
            leave(call);
            call.fail(error);
        });
    }

    private Mono<Void> tryAll() {
        List<EnqueueCall> busy = new ArrayList<>();
        return Flux.fromIterable(calls())
                .concatMap(call -> tryOne(call, busy), 0)
                .then();
    }

    private Mono<Void> tryOne(EnqueueCall call, List<EnqueueCall> busy) {
        if (!isHere(call) || busy.stream().anyMatch(call::contends)) {
            return Mono.empty();
        }
        if (call.isCancelled()) {
            leave(call);
            return Mono.empty();
        }
        return write.apply(call)
                .doOnSuccess(nothing -> {
                    leave(call);
                    release(call);
                })
                .onErrorResume(UniqueKeyBusyException.class, error -> {
                    busy.add(call);
                    giveUpIfOver(call, error);
                    return Mono.empty();
                });
    }

    private void giveUpIfOver(EnqueueCall call, UniqueKeyBusyException error) {
        List<EnqueueCall> over;
        long oldest = now() - patience.toMillis();
        synchronized (this) {
            over = waiting.entrySet().stream()
                    .filter(entry ->
                            entry.getValue() <= oldest && entry.getKey().contends(call))
                    .map(Map.Entry::getKey)
                    .toList();
        }
        for (EnqueueCall each : over) {
            leave(each);
            each.fail(new UniqueKeyBusyException(each.keys(), patience, error));
        }
    }

    /** Those who wanted the same key need not be tried one by one now. */
    private void release(EnqueueCall answered) {
        List<EnqueueCall> free;
        synchronized (this) {
            free = waiting.keySet().stream().filter(answered::contends).toList();
            free.forEach(waiting::remove);
        }
        free.forEach(again);
    }

    private void leave(EnqueueCall call) {
        synchronized (this) {
            waiting.remove(call);
        }
        left.accept(call);
    }

    private synchronized List<EnqueueCall> calls() {
        return List.copyOf(waiting.keySet());
    }

    private synchronized boolean isHere(EnqueueCall call) {
        return waiting.containsKey(call);
    }

    private long now() {
        return scheduler.now(TimeUnit.MILLISECONDS);
    }
}
