package io.headrace.testkit.contract;

import static io.headrace.testkit.contract.Draft.KIND;
import static io.headrace.testkit.contract.Draft.OTHER_KIND;
import static io.headrace.testkit.contract.Draft.QUEUE;
import static io.headrace.testkit.contract.Draft.job;
import static io.headrace.testkit.contract.Draft.jobs;
import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.spi.PollAnswer;
import io.headrace.spi.PollRequest;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Looks at many queues at once, which lease nothing. */
abstract class PollContract extends ContractSuite {

    private static final Duration SHORT = Duration.ofSeconds(30);
    private static final PollAnswer NOTHING = new PollAnswer(false, false, null);
    private static final PollAnswer DUE = new PollAnswer(true, false, null);
    private static final PollRequest HERE = new PollRequest(QUEUE, Set.of(KIND));

    @Test
    void anEmptyQueueHasNothing() {
        assertThat(poll(HERE)).containsExactly(NOTHING);
    }

    @Test
    void eachQueueHasItsAnswer() {
        given(job().queue("weir"));
        given(job().queue("pond").delay(SHORT));
        finish(store().decisions().pause("sluice"));
        given(job().queue("sluice"));

        List<PollAnswer> answers = poll(
                new PollRequest("sluice", Set.of(KIND)),
                HERE,
                new PollRequest("weir", Set.of(KIND)),
                new PollRequest("pond", Set.of(KIND)));

        assertThat(answers.subList(0, 3)).containsExactly(new PollAnswer(false, true, null), NOTHING, DUE);
        assertThat(answers.get(3).due()).isFalse();
        assertThat(answers.get(3).nextDue()).isPositive().isLessThanOrEqualTo(SHORT);
    }

    @Test
    void kindsThatTheWorkerDoesNotHandleDoNotCount() {
        given(jobs(3, draft -> draft.kind(OTHER_KIND)));

        assertThat(poll(HERE, new PollRequest(QUEUE, Set.of(KIND, OTHER_KIND)), new PollRequest(QUEUE, Set.of())))
                .containsExactly(NOTHING, DUE, NOTHING);
    }

    @Test
    void everyPriorityCounts() {
        given(job().priority(9));

        assertThat(poll(HERE)).containsExactly(DUE);
    }

    @Test
    void theNextIsTheFirstOfAllThatComeLater() {
        given(job().delay(SHORT.multipliedBy(3)).priority(0));
        given(job().delay(SHORT).priority(9));
        given(job().delay(SHORT.multipliedBy(2)).kind(OTHER_KIND));

        assertThat(poll(HERE).get(0).nextDue()).isPositive().isLessThanOrEqualTo(SHORT);
        passTime(SHORT);
        assertThat(poll(HERE).get(0).due()).isTrue();
    }

    @Test
    void suspectedJobsCount() {
        given(job());
        assertThat(claimAll(worker(SHORT))).hasSize(1);
        assertThat(poll(HERE)).containsExactly(NOTHING);
        passTime(SHORT);
        assertThat(sweep().returned()).isEqualTo(1);

        assertThat(poll(HERE)).containsExactly(DUE);
    }

    @Test
    void aPollLeasesNothing() {
        given(jobs(2));
        assertThat(poll(HERE)).containsExactly(DUE);
        assertThat(poll(HERE)).containsExactly(DUE);

        assertThat(claimAll(worker())).hasSize(2);
        assertThat(poll(HERE)).containsExactly(NOTHING);
    }

    @Test
    void aJobThatComesAfterAPollIsFoundByTheNextAndByClaims() {
        assertThat(poll(HERE)).containsExactly(NOTHING);
        given(job());

        assertThat(poll(HERE)).containsExactly(DUE);
        assertThat(claimAll(worker())).hasSize(1);
    }

    @Test
    void aThousandQueuesAreLookedAtAtOnce() {
        given(job().queue("q777"));

        List<PollAnswer> answers = poll(IntStream.range(0, 1_000)
                .mapToObj(n -> new PollRequest("q" + n, Set.of(KIND)))
                .toArray(PollRequest[]::new));

        assertThat(answers).hasSize(1_000);
        assertThat(answers.get(777)).isEqualTo(DUE);
        assertThat(answers.stream().filter(PollAnswer::due)).hasSize(1);
    }

    @Test
    void nothingIsAskedOfNoQueue() {
        assertThat(poll()).isEmpty();
    }

    private List<PollAnswer> poll(PollRequest... requests) {
        return await(store().leases().poll(List.of(requests)));
    }
}
