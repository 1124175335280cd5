package io.headrace.engine.step;

import io.headrace.Backoff;
import io.headrace.StoreException;
import io.headrace.engine.flush.SmartFlush;
import io.headrace.spi.JobSteps;
import io.headrace.spi.StepStore;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Reads what is recorded of jobs, for all attempts that ask at the same time in one statement. Thread-safe. */
final class StepReader {

    private static final int MOST = 512;

    private static final Backoff STORE_AWAY =
            Backoff.exponential(Duration.ofMillis(50), 2, Duration.ofSeconds(2)).jitter(0.2);

    private final StepStore store;
    private final SmartFlush<Look> flushes = SmartFlush.ofSeveral(look -> 1, MOST, 1, this::flush);
    private volatile boolean closed;

    private record Look(long job, Sinks.One<JobSteps> answer) {}

    StepReader(StepStore store) {
        this.store = store;
        flushes.onBroken(StepReader::fail);
    }

    Mono<JobSteps> read(long job) {
        return Mono.defer(() -> {
            Look look = new Look(job, Sinks.one());
            flushes.add(look);
            return look.answer.asMono();
        });
    }

    void close() {
        closed = true;
    }

    private Mono<Void> flush(List<Look> looks) {
        return Mono.defer(() ->
                        store.read(looks.stream().map(Look::job).distinct().toList()))
                .retryWhen(STORE_AWAY.retry(
                        Integer.MAX_VALUE, error -> !closed && error instanceof StoreException e && e.isPassing()))
                .doOnNext(answers -> answer(looks, answers))
                .onErrorResume(error -> {
                    fail(looks, error);
                    return Mono.empty();
                })
                .then();
    }

    private void answer(List<Look> looks, List<JobSteps> answers) {
        Map<Long, JobSteps> byJob = new HashMap<>();
        answers.forEach(steps -> byJob.put(steps.job(), steps));
        for (Look look : looks) {
            JobSteps steps = byJob.get(look.job);
            if (steps == null) {
                // It was left out: there was too much for one answer.
                flushes.add(look);
            } else {
                look.answer.emitValue(steps, Sinks.EmitFailureHandler.FAIL_FAST);
            }
        }
    }

    private static void fail(List<Look> looks, Throwable error) {
        looks.forEach(look -> look.answer.emitError(error, Sinks.EmitFailureHandler.FAIL_FAST));
    }
}
