package io.headrace.testkit.memory.operate;

import io.headrace.operate.Decision;
import io.headrace.spi.NewDecision;
import io.headrace.spi.OperatorLog;
import io.headrace.testkit.memory.places.Contents;
import io.headrace.testkit.memory.places.Steps;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.NavigableMap;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Remembers what operators decide. */
public final class MemoryOperatorLog implements OperatorLog {

    private final Steps steps;
    private final NavigableMap<Long, Decision> decisions;
    private long last;

    public MemoryOperatorLog(Steps steps, Contents contents) {
        this.steps = steps;
        this.decisions = contents.decisions();
    }

    @Override
    public Mono<Long> begin(NewDecision decision) {
        return steps.step(now -> {
            last++;
            decisions.put(
                    last, new Decision(last, now, decision.actor(), decision.action(), decision.subject(), null, null));
            return last;
        });
    }

    @Override
    public Mono<Void> answer(long id, @Nullable Long count, String answer) {
        return steps.run(now -> decisions.computeIfPresent(
                id, (number, decision) -> decision.answer() == null ? answered(decision, count, answer) : decision));
    }

    private static Decision answered(Decision decision, @Nullable Long count, String answer) {
        return new Decision(
                decision.id(), decision.at(), decision.actor(), decision.action(), decision.subject(), count, answer);
    }

    @Override
    public Flux<Decision> page(@Nullable Long before, int most) {
        return steps.step(now -> latest(before, most)).flatMapIterable(page -> page);
    }

    private List<Decision> latest(@Nullable Long before, int most) {
        NavigableMap<Long, Decision> older = before == null ? decisions : decisions.headMap(before, false);
        return older.descendingMap().values().stream().limit(most).toList();
    }

    @Override
    public Mono<Long> prune(Duration retention) {
        return steps.step(now -> {
            Instant oldest = now.minus(retention);
            int before = decisions.size();
            decisions.values().removeIf(decision -> decision.at().isBefore(oldest));
            return (long) before - decisions.size();
        });
    }
}
