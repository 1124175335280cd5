package io.headrace.testkit.pipeline;

import static io.headrace.testkit.pipeline.Mill.GRIND;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.JobEngine;
import io.headrace.JobHandler;
import io.headrace.JobId;
import io.headrace.JobState;
import io.headrace.JobType;
import io.headrace.PayloadUnreadableException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.publisher.Mono;

/** Jobs of a batch handler whose payloads do not parse. */
class BatchUnreadableTest {

    private static final JobType<Integer> SACKS = JobType.of("grind", Integer.class);

    @RegisterExtension
    final Mill mill = new Mill();

    private final AtomicInteger calls = new AtomicInteger();

    @Test
    void aPayloadThatCannotBeReadFailsAloneAndTheOthersAreCalledWithoutIt() {
        List<Integer> called = new ArrayList<>();
        JobEngine engine = mill.start(e -> e.subscribe(JobHandler.batch(SACKS, b -> b, batch -> {
            called.addAll(batch.payloads());
            return Mono.empty();
        })));
        List<JobId> ids = new ArrayList<>();
        for (String payload : List.of("1", "many", "3")) {
            ids.add(mill.enqueue(engine, GRIND.job(payload)));
        }
        mill.pass(ofMillis(200));

        assertThat(called).containsExactly(1, 3);
        assertThat(ids)
                .extracting(id -> mill.find(id).state())
                .containsExactly(JobState.COMPLETED, JobState.FAILED, JobState.COMPLETED);
        assertThat(mill.find(ids.get(1)).failures().get(0).errorType())
                .isEqualTo(PayloadUnreadableException.class.getName());
    }

    @Test
    void ifNoPayloadCanBeReadNothingIsCalled() {
        JobEngine engine = mill.start(e -> e.subscribe(JobHandler.batch(SACKS, b -> b, batch -> {
            calls.incrementAndGet();
            return Mono.empty();
        })));
        JobId id = mill.enqueue(engine, GRIND.job("many"));
        mill.pass(ofMillis(200));

        assertThat(mill.find(id).state()).isEqualTo(JobState.FAILED);
        assertThat(calls).hasValue(0);
    }

    @Test
    void theSlotOfAJobThatCannotBeReadIsFree() {
        List<Integer> called = new ArrayList<>();
        JobEngine engine = mill.start(e -> e.queue("default", q -> q.concurrency(2))
                .subscribe(JobHandler.batch(SACKS, b -> b.most(2).wait(ofSeconds(10)), batch -> {
                    called.add(batch.size());
                    return Mono.empty();
                })));
        for (String payload : List.of("1", "many", "3", "4")) {
            mill.enqueue(engine, GRIND.job(payload));
        }
        mill.pass(ofSeconds(1));

        assertThat(called).containsExactly(1, 2);
    }
}
