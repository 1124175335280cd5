package io.headrace.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.headrace.JobId;
import io.headrace.JobSnapshot;
import io.headrace.JobState;
import io.headrace.JobType;
import io.headrace.spi.ClaimRequest;
import io.headrace.spi.ClaimRequest.Terms;
import io.headrace.spi.ClaimedJob;
import io.headrace.spi.EncodedJob;
import io.headrace.spi.Settlement;
import io.headrace.spi.Verdict;
import io.headrace.spi.WakeUp;
import io.headrace.testkit.memory.places.StoredJob;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

/** What the in-memory store offers beside the contract. */
class InMemoryJobStoreTest {

    private static final JobType<String> GRIND = JobType.of("grind", String.class);
    private static final JobType<String> SIFT = JobType.of("sift", String.class);

    private final ManualClock clock = ManualClock.create();
    private final InMemoryJobStore store = InMemoryJobStore.create(clock);
    private final long worker = await(store.workers().register("miller", Set.of("mill"), Duration.ofHours(1), false));

    @Test
    void showsItsJobsByState() {
        JobId first = enqueue(GRIND, Duration.ZERO);
        JobId second = enqueue(SIFT, Duration.ofHours(2));
        settle(claim().get(0), Verdict.Completed.INSTANCE);

        assertThat(store.jobs(JobState.COMPLETED)).map(JobSnapshot::id).containsExactly(first);
        assertThat(store.jobs(JobState.PENDING)).map(JobSnapshot::id).containsExactly(second);
        assertThat(store.jobs(JobState.FAILED)).isEmpty();
    }

    @Test
    void showsWhatWasEnqueuedOfATypeWhateverBecameOfIt() {
        JobId first = enqueue(GRIND, Duration.ZERO);
        settle(claim().get(0), Verdict.Completed.INSTANCE);
        JobId second = enqueue(GRIND, Duration.ZERO);
        given(SIFT, Duration.ZERO);

        assertThat(store.enqueued(GRIND)).map(JobSnapshot::id).containsExactly(first, second);
        assertThat(store.enqueued(GRIND)).map(JobSnapshot::payload).containsOnly("\"wheat\"");
    }

    @Test
    void runningWhatIsDueEndsAtOnceWhenThereIsNothing() {
        given(GRIND, Duration.ofMinutes(5));

        assertThat(isDone(store.runDue())).isTrue();
    }

    @Test
    void runningWhatIsDueWakesTheEngines() {
        List<WakeUp> heard = new ArrayList<>();
        Disposable listening = store.wakeUps().subscribe(heard::add);
        heard.clear();

        store.runDue().subscribe().dispose();
        listening.dispose();

        assertThat(heard).containsExactly(WakeUp.EveryQueue.INSTANCE);
    }

    @Test
    void runningWhatIsDueEndsWithTheLastOutcome() {
        given(GRIND, Duration.ZERO);
        given(GRIND, Duration.ZERO);
        AtomicBoolean done = new AtomicBoolean();
        Disposable waiting = store.runDue().doOnSuccess(none -> done.set(true)).subscribe();

        List<ClaimedJob> claimed = claim();
        settle(claimed.get(0), Verdict.Completed.INSTANCE);
        assertThat(done).isFalse();
        settle(claimed.get(1), new Verdict.Snoozed(Duration.ofMinutes(1)));

        assertThat(done).isTrue();
        assertThat(waiting.isDisposed()).isTrue();
    }

    @Test
    void runningWhatIsDueGoesOnWithAJobThatIsDueAgainAtOnce() {
        given(GRIND, Duration.ZERO);
        AtomicBoolean done = new AtomicBoolean();
        Disposable waiting = store.runDue().doOnSuccess(none -> done.set(true)).subscribe();

        settle(claim().get(0), new Verdict.Snoozed(Duration.ZERO));
        assertThat(done).isFalse();
        settle(claim().get(0), Verdict.Completed.INSTANCE);

        assertThat(done).isTrue();
        waiting.dispose();
    }

    @Test
    void timePassesAtTheClocksWord() {
        given(GRIND, Duration.ofMinutes(5));
        assertThat(claim()).isEmpty();

        clock.advance(Duration.ofMinutes(5));

        assertThat(isDone(store.runDue())).isFalse();
        assertThat(claim()).hasSize(1);
    }

    @Test
    void refusesAMoveThatTheStateMachineDoesNotHave() {
        StoredJob job = new StoredJob(1, encode(GRIND, Duration.ZERO), clock.instant());

        assertThatIllegalStateException()
                .isThrownBy(() -> job.moveTo(JobState.COMPLETED))
                .withMessageContaining("from PENDING to COMPLETED");
    }

    @Test
    void aSettlementThatConcealsItsKeyIsFoundByTheAudit() {
        EncodedJob keyed = new EncodedJob("mill", "grind", 4, Duration.ZERO, null, "1", null, null, "sack 7");
        assertThat(store.intake().enqueue(List.of(keyed), 0).block()).hasSize(1);
        ClaimedJob claimed = claim().get(0);
        Settlement concealing = new Settlement(claimed.lease(), claimed.id(), false, Verdict.Completed.INSTANCE);

        assertThat(store.leases().settle(worker, List.of(concealing)).block()).isEmpty();

        assertThat(store.inspector().audit().block())
                .hasToString("[1 keeping a unique key past their end, such as " + new JobId(claimed.id()) + "]");
    }

    private JobId enqueue(JobType<?> type, Duration delay) {
        return await(store.intake().enqueue(List.of(encode(type, delay)), 0))
                .get(0)
                .id();
    }

    private void given(JobType<?> type, Duration delay) {
        assertThat(enqueue(type, delay)).isNotNull();
    }

    private static EncodedJob encode(JobType<?> type, Duration delay) {
        return new EncodedJob("mill", type.kind(), 4, delay, null, "\"wheat\"", null, null, null);
    }

    private List<ClaimedJob> claim() {
        Terms terms = new Terms(3, Duration.ofHours(1));
        return await(store.leases().claim(new ClaimRequest(worker, "mill", Map.of("grind", terms), 100)))
                .jobs();
    }

    private void settle(ClaimedJob job, Verdict verdict) {
        Settlement settlement = new Settlement(job.lease(), job.id(), job.uniqueKey() != null, verdict);
        assertThat(store.leases().settle(worker, List.of(settlement)).block()).isEmpty();
    }

    private static <T> T await(Mono<T> answer) {
        return answer.blockOptional().orElseThrow();
    }

    private static boolean isDone(Mono<Void> work) {
        AtomicBoolean done = new AtomicBoolean();
        work.subscribe(none -> {}, error -> {}, () -> done.set(true)).dispose();
        return done.get();
    }
}
