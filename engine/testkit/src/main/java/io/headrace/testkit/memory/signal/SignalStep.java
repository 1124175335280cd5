package io.headrace.testkit.memory.signal;

import io.headrace.JobId;
import io.headrace.signal.AwaitedSignal;
import io.headrace.signal.SignalAnswer;
import io.headrace.spi.NewSignal;
import io.headrace.spi.SignalQuestion;
import io.headrace.spi.SignalReading;
import io.headrace.spi.SignalReading.State;
import io.headrace.spi.SignalStore.AwaitedPlace;
import io.headrace.spi.SignalStore.AwaitedSlice;
import io.headrace.testkit.memory.places.JobPlaces;
import io.headrace.testkit.memory.places.Signals;
import io.headrace.testkit.memory.places.Signals.Sent;
import io.headrace.testkit.memory.places.Signals.Wait;
import io.headrace.testkit.memory.places.Signals.Waited;
import io.headrace.testkit.memory.places.StoredJob;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Sends and reads signals. Guarded by the store's lock. */
final class SignalStep {

    private final JobPlaces places;
    private final Signals signals;
    private final Instant now;

    SignalStep(JobPlaces places, Instant now) {
        this.places = places;
        this.signals = places.signals();
        this.now = now;
    }

    SignalAnswer send(NewSignal signal) {
        if (signals.sent().putIfAbsent(signal.key(), new Sent(signal, now)) != null) {
            return new SignalAnswer(false, 0);
        }
        List<Wait> waiting = signals.waits().entrySet().stream()
                .filter(each -> each.getKey().key().equals(signal.key()) && isWaiting(each.getKey(), each.getValue()))
                .map(Map.Entry::getKey)
                .toList();
        for (Wait wait : waiting) {
            end(wait, State.SIGNALLED);
            places.makeDue(Objects.requireNonNull(job(wait)), now);
        }
        return new SignalAnswer(true, waiting.size());
    }

    SignalReading read(SignalQuestion question) {
        Wait wait = new Wait(question.key(), question.job());
        Waited waited = signals.waits().get(wait);
        Sent sent = signals.sent().get(question.key());
        if (waited == null || waited.isOpen()) {
            if (sent != null) {
                end(wait, State.SIGNALLED);
            } else if (waited != null && !waited.until().isAfter(now)) {
                end(wait, State.TIMED_OUT);
            }
        }
        Waited decided = signals.waits().get(wait);
        if (decided == null || decided.isOpen()) {
            return SignalReading.NONE;
        }
        return decided.outcome() == State.TIMED_OUT || sent == null
                ? SignalReading.TIMED_OUT
                : new SignalReading(
                        State.SIGNALLED, sent.signal().value(), sent.signal().headers());
    }

    private void end(Wait wait, State as) {
        signals.waits().merge(wait, new Waited(now, now, as), (open, unused) -> open.ending(as));
    }

    AwaitedSlice awaiting(@Nullable String key, @Nullable AwaitedPlace after, int most) {
        List<AwaitedSignal> waits = signals.waits().entrySet().stream()
                .filter(each -> key == null || each.getKey().key().equals(key))
                .filter(each -> after == null || isBeyond(each.getKey(), after))
                .filter(each -> isWaiting(each.getKey(), each.getValue()))
                .limit(most)
                .map(each -> shown(each.getKey(), each.getValue()))
                .toList();
        AwaitedSignal last = waits.size() < most ? null : waits.get(most - 1);
        return new AwaitedSlice(waits, last == null ? null : new AwaitedPlace(last.key(), last.job()));
    }

    private boolean isBeyond(Wait wait, AwaitedPlace place) {
        return Signals.ORDER.compare(wait, new Wait(place.key(), place.job().value())) > 0;
    }

    private AwaitedSignal shown(Wait wait, Waited waited) {
        StoredJob job = Objects.requireNonNull(job(wait));
        return new AwaitedSignal(
                wait.key(),
                new JobId(wait.job()),
                job.content().queue(),
                job.content().kind(),
                waited.since(),
                waited.until());
    }

    long prune(Duration retention) {
        signals.waits()
                .keySet()
                .removeIf(wait -> job(wait) == null || places.pruned().contains(wait.job()));
        Set<String> read = signals.waits().keySet().stream().map(Wait::key).collect(Collectors.toSet());
        Instant oldest = now.minus(retention);
        long before = signals.sent().size();
        signals.sent()
                .entrySet()
                .removeIf(each -> each.getValue().at().isBefore(oldest) && !read.contains(each.getKey()));
        return before - signals.sent().size();
    }

    private boolean isWaiting(Wait wait, Waited waited) {
        StoredJob job = job(wait);
        return job != null && Signals.isOpen(waited, job);
    }

    private @Nullable StoredJob job(Wait wait) {
        return places.jobs().get(wait.job());
    }
}
