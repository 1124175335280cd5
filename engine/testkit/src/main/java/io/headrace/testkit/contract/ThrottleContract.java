package io.headrace.testkit.contract;

import static io.headrace.testkit.contract.Draft.OTHER_KIND;
import static io.headrace.testkit.contract.Draft.job;
import static io.headrace.testkit.contract.Outcomes.completed;
import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.CancelAnswer;
import io.headrace.Enqueued;
import io.headrace.Enqueued.Reason;
import io.headrace.JobId;
import io.headrace.spi.EncodedJob;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Of a kind and key, no window of the period contains more enqueued jobs than the throttle admits. */
abstract class ThrottleContract extends ContractSuite {

    private static final Duration PERIOD = Duration.ofHours(1);
    private static final Draft TWICE = job().throttle("sack 7", 2, PERIOD);

    private void assertRefused(Draft job, JobId latest) {
        assertThat(enqueueAnswered(job)).isEqualTo(new Enqueued(latest, false, Reason.THROTTLED));
    }

    @Test
    void oneThatIsOverTheLimitIsAnsweredWithTheLatest() {
        JobId first = enqueue(TWICE);
        JobId second = enqueue(TWICE);

        assertRefused(TWICE, second);

        assertThat(first).isNotEqualTo(second);
        assertThat(audit().jobs()).isEqualTo(2);
    }

    @Test
    void theWindowSlides() {
        given(TWICE);
        passTime(Duration.ofMinutes(40));
        JobId second = enqueue(TWICE);
        assertRefused(TWICE, second);
        passTime(Duration.ofMinutes(21));

        JobId third = enqueue(TWICE);

        assertRefused(TWICE, third);
        passTime(Duration.ofMinutes(38));
        assertRefused(TWICE, third);
        passTime(Duration.ofMinutes(2));
        given(TWICE);
    }

    @Test
    void whatBecomesOfAJobDoesNotMatter() {
        given(TWICE);
        JobId second = enqueue(TWICE);
        assertThat(cancel(second)).isEqualTo(CancelAnswer.CANCELLED);
        long worker = worker();
        settle(worker, completed(claimOne(worker)));

        assertRefused(TWICE, second);
    }

    @Test
    void aThrottleBelongsToItsKindAndKeyInAllQueues() {
        given(TWICE, TWICE.queue("weir"));

        assertThat(enqueueAnswered(TWICE.queue("other")).created()).isFalse();

        given(TWICE.kind(OTHER_KIND), job().throttle("sack 8", 2, PERIOD), job().uniqueKey("sack 7"));
    }

    @Test
    void theTermsOfWhoAsksApply() {
        given(TWICE);
        JobId second = enqueue(TWICE);
        assertRefused(job().throttle("sack 7", 1, PERIOD), second);
        passTime(Duration.ofMinutes(10));

        given(job().throttle("sack 7", 1, Duration.ofMinutes(5)));
        JobId fourth = enqueue(job().throttle("sack 7", 4, PERIOD));

        assertRefused(TWICE, fourth);
        assertRefused(job().throttle("sack 7", 4, PERIOD), fourth);
    }

    @Test
    void inABatchTheFirstOnesAreAdmitted() {
        List<EncodedJob> batch = new ArrayList<>(Collections.nCopies(3, TWICE.encode()));
        batch.add(1, job().encode());
        batch.add(job().throttle("sack 8", 1, PERIOD).encode());

        List<Enqueued> answers = await(store().intake().enqueue(batch, 0));

        assertThat(answers).map(Enqueued::created).containsExactly(true, true, true, false, true);
        assertThat(answers.get(3)).isEqualTo(new Enqueued(answers.get(2).id(), false, Reason.THROTTLED));
        assertThat(audit().jobs()).isEqualTo(4);
    }

    @Test
    void aBatchLongerThanABlockIsThrottledAsAWhole() {
        Draft some = job().throttle("sack 7", 700, PERIOD);

        List<Enqueued> answers = await(store().intake().enqueue(Collections.nCopies(1_500, some.encode()), 0));

        assertThat(answers.subList(0, 700)).allMatch(Enqueued::created);
        assertThat(answers.subList(700, 1_500)).allMatch(answer -> answer.reason() == Reason.THROTTLED);
        passTime(PERIOD);
        assertThat(await(store().intake().enqueue(Collections.nCopies(701, some.encode()), 0)))
                .filteredOn(Enqueued::created)
                .hasSize(700);
    }

    @Test
    void ofManyCallersAtOnceAsManyAreAdmittedAsMayBe() {
        Draft five = job().throttle("sack 7", 5, PERIOD);
        for (int round = 1; round <= 3; round++) {
            List<Enqueued> answers = atOnce(16, caller -> enqueueOnceFree(five));

            assertThat(answers).filteredOn(Enqueued::created).hasSize(5);
            assertThat(audit().jobs()).isEqualTo(5L * round);
            passTime(PERIOD.plusMinutes(1));
        }
    }

    @Test
    void whatIsPrunedIsForgottenAndNothingElse() {
        given(TWICE);
        passTime(Duration.ofMinutes(59));
        JobId second = enqueue(TWICE);
        assertThat(await(store().decisions().prune(PERIOD))).isZero();
        assertRefused(TWICE, second);
        passTime(Duration.ofMinutes(2));

        assertThat(await(store().decisions().prune(PERIOD))).isZero();

        JobId third = enqueue(TWICE);
        assertRefused(TWICE, third);
        passTime(PERIOD.multipliedBy(2));
        assertThat(await(store().decisions().prune(PERIOD))).isZero();
        given(TWICE, TWICE);
    }
}
