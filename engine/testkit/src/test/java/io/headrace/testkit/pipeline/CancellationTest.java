package io.headrace.testkit.pipeline;

import static io.headrace.testkit.pipeline.Mill.GRIND;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.JobClient;
import io.headrace.JobEngine;
import io.headrace.JobId;
import io.headrace.JobState;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A cancellation reaches its handler, whatever becomes of the heartbeats that carry it. */
class CancellationTest {

    @RegisterExtension
    final Mill mill = new Mill();

    private final Set<JobId> running = new ConcurrentSkipListSet<>();

    private JobEngine engineOn(Unreliable store) {
        return mill.start(
                store.proxy(),
                e -> e.queue("default", q -> q.concurrency(64).pollInterval(ofSeconds(30)))
                        .subscribe(
                                GRIND,
                                job -> Mono.never()
                                        .doOnSubscribe(s -> running.add(job.id()))
                                        .doOnCancel(() -> running.remove(job.id()))));
    }

    private List<JobId> run(JobEngine engine, int jobs) {
        List<JobId> ids = new ArrayList<>();
        engine.client()
                .enqueueAll(Flux.range(0, jobs)
                        .map(nr -> GRIND.job("sack " + nr))
                        .collectList()
                        .block())
                .subscribe(answers -> answers.forEach(answer -> ids.add(answer.id())));
        mill.settleDown();
        assertThat(running).hasSize(jobs);
        return ids;
    }

    private static void cancel(JobClient client, List<JobId> ids) {
        ids.forEach(id -> client.cancel(id).subscribe());
    }

    @Test
    void oneWhoseHeartbeatWasNotAnsweredIsHeardByTheNext() {
        Unreliable store = new Unreliable(mill.store());
        List<JobId> ids = run(engineOn(store), 3);
        store.loseTheAnswer("heartbeat");
        cancel(JobClient.create(mill.store()), ids.subList(0, 2));
        mill.pass(ofSeconds(10));
        assertThat(running).hasSize(3);

        store.allow("heartbeat");
        mill.pass(ofSeconds(10));

        assertThat(running).containsExactly(ids.get(2));
    }

    @Test
    void manyAtOnceAreAllHeardThoughEachAsksWhileAnAnswerIsOnItsWay() {
        Unreliable store = new Unreliable(mill.store());
        JobEngine engine = engineOn(store);
        List<JobId> ids = run(engine, 60);
        store.holdTheAnswer("heartbeat");
        for (JobId id : ids.subList(0, 59)) {
            cancel(engine.client(), List.of(id));
        }
        mill.pass(ofMillis(10));
        assertThat(store.calls("heartbeat")).as("one is on its way").isEqualTo(1);

        store.letGo();
        mill.pass(ofMillis(10));

        assertThat(running).containsExactly(ids.get(59));
        assertThat(store.calls("heartbeat"))
                .as("and one more for all the others")
                .isEqualTo(2);
    }

    @Test
    void thoseMadeWhileHeartbeatsFailAreHeardByTheFirstThatIsAnswered() {
        Unreliable store = new Unreliable(mill.store());
        JobEngine engine = engineOn(store);
        List<JobId> ids = run(engine, 20);
        store.loseTheAnswer("heartbeat");
        for (int from = 0; from < 16; from += 4) {
            cancel(from % 8 == 0 ? engine.client() : JobClient.create(mill.store()), ids.subList(from, from + 4));
            mill.pass(ofSeconds(5));
        }
        assertThat(running).hasSize(20);

        store.allow("heartbeat");
        mill.pass(ofSeconds(10));

        assertThat(running).containsExactlyElementsOf(ids.subList(16, 20));
        assertThat(mill.store().jobs(JobState.CANCELLED)).hasSize(16);
    }

    @Test
    void oneThatComesBeforeTheAnswerToTheClaimKeepsTheHandlerFromBeginning() {
        Unreliable store = new Unreliable(mill.store());
        JobEngine engine = engineOn(store);
        JobClient elsewhere = JobClient.create(mill.store());
        store.holdTheAnswer("claim");
        List<JobId> ids = new ArrayList<>();
        elsewhere
                .enqueueAll(List.of(GRIND.job("rye"), GRIND.job("oats")))
                .subscribe(answers -> answers.forEach(answer -> ids.add(answer.id())));
        mill.pass(ofSeconds(1));
        assertThat(mill.leased()).isEqualTo(2);
        cancel(elsewhere, ids.subList(0, 1));
        mill.pass(ofSeconds(12));

        store.letGo();
        mill.settleDown();

        assertThat(running).containsExactly(ids.get(1));
        assertThat(engine.status().leased()).containsEntry("default", 1);
    }
}
