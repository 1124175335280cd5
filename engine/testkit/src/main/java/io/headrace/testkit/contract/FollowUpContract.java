package io.headrace.testkit.contract;

import static io.headrace.testkit.contract.Draft.OTHER_KIND;
import static io.headrace.testkit.contract.Draft.job;
import static io.headrace.testkit.contract.Draft.jobs;
import static io.headrace.testkit.contract.Outcomes.all;
import static io.headrace.testkit.contract.Outcomes.completed;
import static io.headrace.testkit.contract.Outcomes.completedThen;
import static io.headrace.testkit.contract.Outcomes.failed;
import static io.headrace.testkit.contract.Outcomes.retried;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.headrace.InvalidJobException;
import io.headrace.JobId;
import io.headrace.JobSnapshot;
import io.headrace.JobState;
import io.headrace.spi.ClaimedJob;
import io.headrace.spi.EncodedJob;
import io.headrace.spi.Settlement;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** Follow-ups are enqueued if the outcome that brings them is recorded, and only then. */
abstract class FollowUpContract extends ContractSuite {

    private static final String WEIR = "weir";
    private static final Draft NEXT = job().queue(WEIR).kind(OTHER_KIND).payload("{\"n\":1}");

    /** What is due in the queue of the follow-ups. */
    private List<ClaimedJob> claimNext(long worker) {
        return claimAll(onQueue(worker, WEIR));
    }

    /** A follow-up as the store takes it. */
    EncodedJob encoded(Draft job) {
        return job.encode();
    }

    @Test
    void aFollowUpIsEnqueuedWithTheOutcome() {
        long worker = worker();
        JobId id = enqueue(job());

        settle(worker, completedThen(claimOne(worker), encoded(NEXT)));

        assertThat(find(id).state()).isEqualTo(JobState.COMPLETED);
        assertThat(claimNext(worker)).singleElement().satisfies(next -> {
            assertThat(next.kind()).isEqualTo(OTHER_KIND);
            assertThat(next.attempt()).isEqualTo(1);
            assertThat(next.payload()).isEqualToIgnoringWhitespace("{\"n\":1}");
            assertThat(new JobId(next.id()).createdAt()).isAfterOrEqualTo(id.createdAt());
        });
        assertThat(audit().jobs()).isEqualTo(2);
    }

    @Test
    void nothingIsEnqueuedBeforeSubscription() {
        long worker = worker();
        given(job());
        Mono<List<Settlement>> unused =
                store().leases().settle(worker, List.of(completedThen(claimOne(worker), encoded(NEXT))));

        assertThat(unused).isNotNull();
        assertThat(audit().jobs()).isEqualTo(1);
    }

    @Test
    void aFollowUpIsAJobAsAnyOther() {
        long worker = worker();
        given(job());
        settle(
                worker,
                completedThen(
                        claimOne(worker),
                        encoded(NEXT.priority(1).headers("{\"mill\":\"north\"}").maxAttempts(2)),
                        encoded(NEXT.delay(Duration.ofHours(1)).payload("{\"n\":2}"))));

        ClaimedJob due = claimNext(worker).get(0);
        JobSnapshot found = find(new JobId(due.id()));
        assertThat(due.priority()).isEqualTo(1);
        assertThat(due.maxAttempts()).isEqualTo(2);
        assertThat(found.headers()).contains("mill", "north");
        assertThat(claimNext(worker)).as("the one that is due later").isEmpty();
        passTime(Duration.ofMinutes(61));
        assertThat(claimNext(worker))
                .singleElement()
                .satisfies(later -> assertThat(later.payload()).isEqualToIgnoringWhitespace("{\"n\":2}"));
    }

    @Test
    void aDueTimeIsKept() {
        long worker = worker();
        JobId id = enqueue(job());
        settle(
                worker,
                completedThen(
                        claimOne(worker), encoded(NEXT.runAt(id.createdAt().plus(2, ChronoUnit.HOURS)))));

        assertThat(claimNext(worker)).isEmpty();
        passTime(Duration.ofMinutes(121));
        assertThat(claimNext(worker)).hasSize(1);
    }

    @Test
    void aLateSettlementEnqueuesNothing() {
        long worker = worker();
        given(job());
        ClaimedJob claimed = claimOne(worker);
        Settlement late = completedThen(claimed, encoded(NEXT));
        settle(worker, retried(claimed, Duration.ofHours(1)));

        assertThat(settleLate(worker, late)).containsExactly(late);

        assertThat(audit().jobs()).isEqualTo(1);
        assertThat(audit().pending()).isEqualTo(1);
    }

    @Test
    void anotherWorkersSettlementEnqueuesNothing() {
        long worker = worker();
        given(job());
        Settlement stolen = completedThen(claimOne(worker), encoded(NEXT));

        assertThat(settleLate(worker(), stolen)).containsExactly(stolen);

        assertThat(audit().jobs()).isEqualTo(1);
        settle(worker, stolen);
        assertThat(audit().jobs()).isEqualTo(2);
    }

    @Test
    void aSettlementThatIsSentTwiceEnqueuesOnce() {
        long worker = worker();
        given(job());
        Settlement settlement = completedThen(claimOne(worker), encoded(NEXT));
        settle(worker, settlement);

        assertThat(settleLate(worker, settlement)).containsExactly(settlement);

        assertThat(audit().jobs()).isEqualTo(2);
    }

    @Test
    void aSettlementThatIsNamedTwiceInOneCallEnqueuesOnce() {
        long worker = worker();
        given(jobs(2));
        List<ClaimedJob> claimed = claimAll(worker);
        Settlement twice = completedThen(claimed.get(0), encoded(NEXT));

        assertThat(settleLate(worker, twice, completed(claimed.get(1)), twice)).containsExactly(twice);

        assertThat(audit().jobs()).isEqualTo(3);
    }

    @Test
    void callsAtOnceForTheSameJobsEnqueueEachFollowUpOnce() {
        long worker = worker();
        given(jobs(50));
        List<Settlement> settlements = all(claimAll(worker), claimed -> completedThen(claimed, encoded(NEXT)));

        List<List<Settlement>> late = atOnce(8, caller -> store().leases().settle(worker, settlements));

        assertThat(late.stream().mapToInt(List::size).sum()).isEqualTo(7 * 50);
        assertThat(claimNext(worker)).hasSize(50);
    }

    @Test
    void theLateOfACallDoNotHoldUpTheFollowUpsOfTheOthers() {
        long worker = worker();
        given(jobs(6));
        List<ClaimedJob> claimed = claimAll(worker);
        settle(worker, completed(claimed.get(1)), failed(claimed.get(4)));

        List<Settlement> late = settleLate(
                worker,
                IntStream.range(0, 6)
                        .mapToObj(n -> completedThen(claimed.get(n), encoded(NEXT.payload("{\"n\":" + n + "}"))))
                        .toList());

        assertThat(late)
                .extracting(Settlement::job)
                .containsExactlyInAnyOrder(claimed.get(1).id(), claimed.get(4).id());
        assertThat(payloads(claimNext(worker)))
                .containsExactlyInAnyOrder("{\"n\":0}", "{\"n\":2}", "{\"n\":3}", "{\"n\":5}");
    }

    @Test
    void outcomesWithAndWithoutFollowUpsGoTogether() {
        long worker = worker();
        given(jobs(4));
        List<ClaimedJob> claimed = claimAll(worker);

        settle(
                worker,
                completedThen(claimed.get(0), encoded(NEXT)),
                completed(claimed.get(1)),
                failed(claimed.get(2)),
                retried(claimed.get(3), Duration.ofHours(1)));

        assertThat(claimed)
                .extracting(one -> find(new JobId(one.id())).state())
                .containsExactly(JobState.COMPLETED, JobState.COMPLETED, JobState.FAILED, JobState.PENDING);
        assertThat(claimNext(worker)).hasSize(1);
    }

    @Test
    void hundredsOfOutcomesWithFollowUpsGoTogether() {
        long worker = worker();
        given(jobs(400));
        List<ClaimedJob> claimed = claimAll(worker);

        settle(
                worker,
                IntStream.range(0, 400)
                        .mapToObj(n -> completedThen(
                                claimed.get(n),
                                IntStream.range(0, 5)
                                        .mapToObj(m -> encoded(NEXT.priority(m).payload("{\"n\":" + (n * 5 + m) + "}")))
                                        .toArray(EncodedJob[]::new)))
                        .toList());

        List<ClaimedJob> next = claimNext(worker);
        assertThat(next).hasSize(2_000);
        assertThat(payloads(next)).doesNotHaveDuplicates();
        assertThat(next)
                .allSatisfy(each -> assertThat(payload(each).replaceAll("\\D", ""))
                        .satisfies(n -> assertThat(Integer.parseInt(n) % 5).isEqualTo(each.priority())));
        assertThat(audit().completed()).isEqualTo(400);
    }

    @Test
    void aKeyIsTakenByTheFollowUp() {
        long worker = worker();
        given(job());
        settle(worker, completedThen(claimOne(worker), encoded(NEXT.uniqueKey("sack 7"))));
        JobId next = idsOf(claimNext(worker)).get(0);

        assertThat(find(next).uniqueKey()).isEqualTo("sack 7");
        assertThat(enqueueAnswered(NEXT.uniqueKey("sack 7")).id()).isEqualTo(next);
    }

    @Test
    void aFollowUpWhoseKeyAnotherJobHoldsIsNotAdded() {
        long worker = worker();
        JobId holder = enqueue(NEXT.uniqueKey("sack 7"));
        JobId id = enqueue(job());

        settle(
                worker,
                completedThen(
                        claimOne(worker),
                        encoded(NEXT.uniqueKey("sack 7").payload("{\"n\":2}")),
                        encoded(NEXT.payload("{\"n\":3}"))));

        assertThat(find(id).state()).isEqualTo(JobState.COMPLETED);
        List<ClaimedJob> next = claimNext(worker);
        assertThat(payloads(next)).containsExactly("{\"n\":1}", "{\"n\":3}");
        assertThat(next.get(0).id()).isEqualTo(holder.value());
    }

    @Test
    void ofSeveralFollowUpsWithOneKeyTheFirstIsAdded() {
        long worker = worker();
        given(jobs(2));
        List<ClaimedJob> claimed = claimAll(worker);
        EncodedJob keyed = encoded(NEXT.uniqueKey("sack 7"));

        settle(worker, completedThen(claimed.get(0), keyed, keyed), completedThen(claimed.get(1), keyed));

        assertThat(claimNext(worker)).hasSize(1);
    }

    @Test
    void aJobPassesItsOwnKeyOn() {
        long worker = worker();
        JobId id = enqueue(job().uniqueKey("every sack"));

        settle(
                worker,
                completedThen(
                        claimOne(worker), encoded(job().uniqueKey("every sack").payload("{\"n\":2}"))));

        ClaimedJob next = claimOne(worker);
        assertThat(next.id()).isNotEqualTo(id.value());
        assertThat(next.uniqueKey()).isEqualTo("every sack");
        settle(worker, completed(next));
    }

    @Test
    void termsHoldForFollowUps() {
        long worker = worker();
        given(jobs(3));
        Draft admitted = NEXT.throttle("sack 7", 2, Duration.ofHours(1));
        Draft quiet = NEXT.kind(Draft.KIND).debounce("sack 7", Duration.ofMinutes(10), Duration.ofHours(1));

        settle(
                worker,
                all(
                        claimAll(worker),
                        claimed -> completedThen(
                                claimed, encoded(admitted), encoded(quiet.payload("{\"n\":" + claimed.id() + "}")))));

        assertThat(claimNext(worker)).hasSize(2);
        passTime(Duration.ofMinutes(11));
        assertThat(claimNext(worker)).as("three that were debounced").hasSize(1);
    }

    @Test
    void aKeyThatIsKeptIsKept() {
        long worker = worker();
        given(job());
        Draft kept = NEXT.uniqueKey("sack 7").uniqueFor(Duration.ofDays(1));
        settle(worker, completedThen(claimOne(worker), encoded(kept)));
        settle(worker, completed(claimNext(worker).get(0)));

        assertThat(enqueueAnswered(kept).created()).isFalse();
    }

    @Test
    void dataThatIsRefusedLeavesNeitherTheOutcomeNorAnyFollowUp() {
        long worker = worker();
        given(jobs(2));
        List<ClaimedJob> claimed = claimAll(worker);
        List<Settlement> settlements = List.of(
                completedThen(claimed.get(0), encoded(NEXT)),
                completedThen(claimed.get(1), encoded(NEXT), encoded(NEXT.payload("\"\\u0000\""))));

        assertThatExceptionOfType(InvalidJobException.class)
                .isThrownBy(() -> settleLate(worker, settlements))
                .satisfies(e -> assertThat(e.field()).isEqualTo("payload"));

        assertThat(claimed).allMatch(one -> find(new JobId(one.id())).state() == JobState.LEASED);
        assertThat(audit().jobs()).isEqualTo(2);
        settle(worker, all(claimed, Outcomes::completed));
    }

    @Test
    void aFollowUpMayHaveFollowUps() {
        long worker = worker();
        given(job());
        settle(worker, completedThen(claimOne(worker), encoded(job())));
        for (int link = 0; link < 5; link++) {
            settle(worker, completedThen(claimOne(worker), encoded(job())));
        }

        assertThat(audit().completed()).isEqualTo(6);
        assertThat(audit().pending()).isEqualTo(1);
    }

    private static List<String> payloads(List<ClaimedJob> jobs) {
        List<String> payloads = new ArrayList<>();
        jobs.forEach(each -> payloads.add(payload(each)));
        return payloads;
    }

    private static String payload(ClaimedJob job) {
        return Objects.requireNonNull(job.payload()).replace(" ", "");
    }
}
