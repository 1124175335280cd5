package io.headrace.testkit.pipeline;

import static io.headrace.testkit.pipeline.Mill.GRIND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.headrace.Enqueued;
import io.headrace.JobClient;
import io.headrace.JobEngine;
import io.headrace.JobId;
import io.headrace.JobOperator;
import io.headrace.JobReason;
import io.headrace.JobType;
import io.headrace.NewJob;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.publisher.Mono;

/** What engines say of themselves, so that the desk can explain why a job waits. */
class WhyTest {

    private static final JobType<String> SIFT = JobType.of("sift", String.class);

    @RegisterExtension
    final Mill mill = new Mill();

    private JobOperator people;

    @BeforeEach
    void openTheDesk() {
        people = JobOperator.create(mill.store());
    }

    private JobReason why(JobId id) {
        return people.why(id).block().reason();
    }

    /** From a process without an engine, which does not know what others handle. */
    private JobId enqueue(NewJob<?> job) {
        List<Enqueued> answers = new ArrayList<>();
        JobClient.create(mill.store()).enqueue(job).subscribe(answers::add);
        mill.settleDown();
        return answers.get(0).id();
    }

    @Test
    void anEngineSaysWhatItHandlesAndHowMuchOfItAtOnce() {
        JobId unknown = enqueue(SIFT.job("a sack"));
        assertThat(why(unknown)).isEqualTo(new JobReason.NoEngineOnQueue("default"));
        JobEngine engine = mill.start(
                e -> e.queue("default", q -> q.concurrency(2).prefetch(0)).subscribe(GRIND, job -> Mono.never()));
        mill.enqueue(engine, 4);
        JobId last = mill.enqueue(engine, GRIND.job("the last"));

        assertThat(why(unknown)).isEqualTo(new JobReason.NoEngineKnowsKind("default", "sift", 1));
        assertThat(why(last)).isEqualTo(new JobReason.EnginesBusy("default", 1, 2, 2));
        assertThat(engine.operator().why(last).block().reason()).isEqualTo(why(last));
    }

    @Test
    void anEngineWithoutHandlersMayReceiveEveryKind() {
        mill.start(e -> e.queue("default"));
        JobId id = enqueue(SIFT.job("a sack"));

        assertThat(why(id)).isInstanceOf(JobReason.Due.class);
    }

    @Test
    void anIdIsNeeded() {
        assertThatNullPointerException().isThrownBy(() -> people.why(null)).withMessage("id");
    }
}
