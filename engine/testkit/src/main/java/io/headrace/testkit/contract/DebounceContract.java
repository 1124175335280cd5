package io.headrace.testkit.contract;

import static io.headrace.testkit.contract.Draft.OTHER_KIND;
import static io.headrace.testkit.contract.Draft.job;
import static io.headrace.testkit.contract.Outcomes.completed;
import static io.headrace.testkit.contract.Outcomes.released;
import static io.headrace.testkit.contract.Outcomes.retried;
import static io.headrace.testkit.contract.Outcomes.snoozed;
import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.CancelAnswer;
import io.headrace.Enqueued;
import io.headrace.Enqueued.Reason;
import io.headrace.FailedJobs;
import io.headrace.JobId;
import io.headrace.spi.ClaimRequest;
import io.headrace.spi.ClaimedJob;
import io.headrace.spi.EncodedJob;
import io.headrace.spi.Settlement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A debounced job waits for its quiet time, and is replaced meanwhile. */
abstract class DebounceContract extends ContractSuite {

    private static final Duration QUIET = Duration.ofMinutes(10);
    private static final Duration AT_MOST = Duration.ofMinutes(30);

    private static Draft nr(int n) {
        return job().payload("{\"n\":" + n + "}").debounce("sack 7", QUIET, AT_MOST);
    }

    private void assertReplaced(Draft by, JobId id) {
        assertThat(enqueueAnswered(by)).isEqualTo(new Enqueued(id, false, Reason.DEBOUNCED));
    }

    private void assertDue(long worker, JobId id, int n) {
        ClaimedJob claimed = claimOne(worker);
        assertThat(claimed.id()).isEqualTo(id.value());
        assertThat(claimed.payload()).isEqualToIgnoringWhitespace("{\"n\":" + n + "}");
        settle(worker, completed(claimed));
    }

    @Test
    void eachEnqueueStartsTheQuietTimeAgain() {
        long worker = worker();
        JobId id = enqueue(nr(1));
        passTime(Duration.ofMinutes(9));
        assertReplaced(nr(2), id);
        passTime(Duration.ofMinutes(9));
        assertThat(claimAll(worker)).isEmpty();

        passTime(Duration.ofMinutes(2));

        assertDue(worker, id, 2);
        assertThat(claimAll(worker)).isEmpty();
        assertThat(audit().jobs()).isEqualTo(1);
    }

    @Test
    void theJobIsDueAtMostSoLongAfterTheFirst() {
        long worker = worker();
        JobId id = enqueue(nr(0));
        for (int n = 1; n <= 3; n++) {
            passTime(Duration.ofMinutes(9));
            assertReplaced(nr(n), id);
            assertThat(claimAll(worker)).isEmpty();
        }

        passTime(Duration.ofMinutes(4));
        assertReplaced(nr(4), id);

        assertDue(worker, id, 4);
    }

    @Test
    void aReplacementBringsAllThatTheJobHas() {
        JobId id = enqueue(nr(1).maxAttempts(2).headers("{\"trace\":\"00-ab\"}"));

        assertReplaced(
                nr(2).queue("weir").priority(1).headers("{\"trace\":\"00-cd\"}").maxAttempts(7), id);

        passTime(QUIET);
        long worker = worker();
        assertThat(claimAll(worker)).isEmpty();
        ClaimRequest request = request(worker, 10);
        ClaimedJob claimed = claim(new ClaimRequest(worker, "weir", request.kinds(), 10))
                .jobs()
                .get(0);
        assertThat(claimed.priority()).isEqualTo(1);
        assertThat(claimed.headers()).isEqualToIgnoringWhitespace("{\"trace\":\"00-cd\"}");
        assertThat(claimed.maxAttempts()).isEqualTo(7);
        assertThat(find(id).queue()).isEqualTo("weir");
        settle(worker, completed(claimed));
        JobId next = enqueue(nr(3));
        assertThat(next).isNotEqualTo(id);
        assertReplaced(nr(4).queue("weir"), next);
        assertReplaced(nr(5), next);
        assertThat(find(next).queue()).isEqualTo(Draft.QUEUE);
    }

    @Test
    void aReplacementWithoutHeadersHasNone() {
        JobId id = enqueue(nr(1).headers("{\"headrace.transform\":\"gzip\"}"));

        assertReplaced(nr(2), id);

        assertThat(find(id).headers()).isNull();
        assertReplaced(nr(3).headers("{\"headrace.transform\":\"gzip\"}"), id);
        assertThat(find(id).payloadTransform()).isEqualTo("gzip");
    }

    @Test
    void aJobThatIsLeasedIsReplacedNoMore() {
        long worker = worker();
        given(nr(1));
        passTime(QUIET);
        ClaimedJob running = claimOne(worker);

        JobId next = enqueue(nr(2));

        assertThat(next.value()).isNotEqualTo(running.id());
        assertReplaced(nr(3), next);
        settle(worker, completed(running));
        passTime(QUIET);
        assertDue(worker, next, 3);
    }

    @Test
    void aJobThatIsRetriedIsNotReplaced() {
        assertNotReplacedAfter(job -> retried(job, QUIET));
    }

    @Test
    void aJobThatIsSnoozedIsNotReplaced() {
        assertNotReplacedAfter(job -> snoozed(job, QUIET));
    }

    @Test
    void aJobThatFailedIsNotReplaced() {
        assertNotReplacedAfter(Outcomes::failed);
    }

    private void assertNotReplacedAfter(Function<ClaimedJob, Settlement> outcome) {
        long worker = worker();
        JobId first = enqueue(nr(1));
        passTime(QUIET.plusMinutes(1));
        settle(worker, outcome.apply(claimOne(worker)));
        assertThat(retry(FailedJobs.byId(List.of(first))).raced()).isZero();

        Enqueued second = enqueueAnswered(nr(2));

        assertThat(second.created()).isTrue();
        passTime(QUIET);
        assertThat(claimAll(worker))
                .extracting(ClaimedJob::payload)
                .map(json -> json.replace(" ", ""))
                .containsExactlyInAnyOrder("{\"n\":1}", "{\"n\":2}");
    }

    @Test
    void aJobThatWasHandedBackUnrunIsReplaced() {
        long worker = worker();
        JobId id = enqueue(nr(1));
        passTime(QUIET);
        settle(worker, released(claimOne(worker)));

        assertReplaced(nr(2), id);

        passTime(QUIET);
        assertDue(worker, id, 2);
    }

    @Test
    void afterACancelledJobANewOneIsStarted() {
        JobId id = enqueue(nr(1));
        assertThat(cancel(id)).isEqualTo(CancelAnswer.CANCELLED);

        assertThat(enqueueAnswered(nr(2)).created()).isTrue();
        assertThat(find(id).payload()).isEqualToIgnoringWhitespace("{\"n\":1}");
    }

    @Test
    void aJobThatWasReplacedIsCancelledAsItIs() {
        JobId id = enqueue(nr(1));
        assertReplaced(nr(2), id);

        assertThat(cancel(id)).isEqualTo(CancelAnswer.CANCELLED);

        assertThat(find(id).payload()).isEqualToIgnoringWhitespace("{\"n\":2}");
    }

    @Test
    void aDebounceBelongsToItsKindAndKey() {
        given(nr(1), nr(1).kind(OTHER_KIND), job().debounce("sack 8", QUIET, AT_MOST), job().uniqueKey("sack 7"));
    }

    @Test
    void inABatchTheLastOneWinsInWhateverQueue() {
        List<EncodedJob> batch = List.of(
                nr(1).encode(),
                nr(2).queue("weir").encode(),
                job().encode(),
                nr(3).encode(),
                nr(9).kind(OTHER_KIND).encode());

        List<Enqueued> answers = await(store().intake().enqueue(batch, 0));

        JobId id = answers.get(0).id();
        assertThat(answers).map(Enqueued::created).containsExactly(true, false, true, false, true);
        assertThat(List.of(answers.get(1), answers.get(3))).containsOnly(new Enqueued(id, false, Reason.DEBOUNCED));
        assertThat(find(id).payload()).isEqualToIgnoringWhitespace("{\"n\":3}");
        assertThat(audit().jobs()).isEqualTo(3);
        assertThat(await(store().intake().enqueue(List.of(nr(4).encode(), nr(5).encode()), 0)))
                .containsOnly(new Enqueued(id, false, Reason.DEBOUNCED));
        assertThat(find(id).payload()).isEqualToIgnoringWhitespace("{\"n\":5}");
    }

    @Test
    void aBatchLongerThanABlockHasOneJobForEachKey() {
        List<EncodedJob> batch = new ArrayList<>();
        for (int n = 0; n < 2_500; n++) {
            batch.add(job().payload("{\"n\":" + n + "}")
                    .debounce("key " + n % 10, QUIET, AT_MOST)
                    .encode());
        }

        List<Enqueued> answers = await(store().intake().enqueue(batch, 0));

        assertThat(answers).filteredOn(Enqueued::created).hasSize(10);
        assertThat(audit().jobs()).isEqualTo(10);
        for (int n = 0; n < 10; n++) {
            assertThat(find(answers.get(n).id()).payload()).isEqualToIgnoringWhitespace("{\"n\":" + (2_490 + n) + "}");
        }
    }

    @Test
    void manyCallersAtOnceHaveOneJobWithTheContentOfOneOfThem() {
        List<Enqueued> answers = atOnce(16, caller -> enqueueOnceFree(nr(caller)));

        assertThat(answers).filteredOn(Enqueued::created).hasSize(1);
        assertThat(answers).map(Enqueued::id).containsOnly(answers.get(0).id());
        assertThat(IntStream.range(0, 16).mapToObj(n -> "{\"n\":" + n + "}"))
                .contains(find(answers.get(0).id()).payload().replace(" ", ""));
        assertThat(audit().pending()).isEqualTo(1);
    }

    @Test
    void pruningForgetsOnlyJobsThatWaitNoMore() {
        long worker = worker();
        JobId waits = enqueue(nr(1));
        JobId ended = enqueue(job().debounce("sack 8", Duration.ofMinutes(1), AT_MOST));
        passTime(Duration.ofMinutes(2));
        settle(worker, completed(claimOne(worker)));

        assertThat(await(store().decisions().prune(QUIET))).isZero();

        assertReplaced(nr(2), waits);
        assertThat(enqueueAnswered(job().debounce("sack 8", QUIET, AT_MOST)).id())
                .isNotEqualTo(ended);
    }
}
