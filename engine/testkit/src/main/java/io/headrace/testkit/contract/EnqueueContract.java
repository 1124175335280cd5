package io.headrace.testkit.contract;

import static io.headrace.testkit.contract.Draft.KIND;
import static io.headrace.testkit.contract.Draft.OTHER_KIND;
import static io.headrace.testkit.contract.Draft.QUEUE;
import static io.headrace.testkit.contract.Draft.job;
import static io.headrace.testkit.contract.Draft.jobs;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.headrace.Enqueued;
import io.headrace.InvalidJobException;
import io.headrace.JobId;
import io.headrace.JobSnapshot;
import io.headrace.JobState;
import io.headrace.spi.ClaimedJob;
import io.headrace.spi.EncodedJob;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** How jobs come into a store. */
abstract class EnqueueContract extends ContractSuite {

    @Test
    void aListOfNothingIsAnsweredWithNothing() {
        assertThat(enqueue(List.of())).isEmpty();
    }

    @Test
    void nothingIsEnqueuedBeforeSubscriptionAndOnceForEach() {
        Mono<List<Enqueued>> twoJobs = store().intake().enqueue(jobs(2), 0);
        assertThat(audit().jobs()).isZero();

        List<Enqueued> first = await(twoJobs);
        List<Enqueued> second = await(twoJobs);

        assertThat(first).doesNotContainAnyElementsOf(second);
        assertThat(audit().jobs()).isEqualTo(4);
    }

    @Test
    void answersComeInTheOrderOfTheJobs() {
        List<EncodedJob> mixed = List.of(
                job().kind("c").payload("{\"n\":0}").encode(),
                job().kind("a").priority(9).payload("{\"n\":1}").encode(),
                job().kind("c").delay(Duration.ofHours(1)).payload("{\"n\":2}").encode(),
                job().kind("b").queue("weir").payload("{\"n\":3}").encode(),
                job().kind("a").priority(0).payload("{\"n\":4}").encode());

        List<JobId> ids = enqueue(mixed);

        assertThat(ids).doesNotHaveDuplicates();
        assertThat(ids)
                .map(id -> find(id).payload().replace(" ", ""))
                .containsExactly("{\"n\":0}", "{\"n\":1}", "{\"n\":2}", "{\"n\":3}", "{\"n\":4}");
    }

    @Test
    void threeThousandJobsGetContiguousIdsInThreeBlocks() {
        List<JobId> ids = enqueue(jobs(3_000));

        assertThat(ids).doesNotHaveDuplicates();
        assertThat(breaks(ids))
                .allSatisfy(id -> assertThat(id.value() % JobId.BLOCK_SIZE).isZero());
        assertThat(ids.stream().map(id -> id.value() / JobId.BLOCK_SIZE).distinct())
                .hasSize(3);
        assertThat(audit().pending()).isEqualTo(3_000);
    }

    /** The ids that do not follow the one before. */
    private static List<JobId> breaks(List<JobId> ids) {
        return IntStream.range(1, ids.size())
                .filter(i -> ids.get(i).value() != ids.get(i - 1).value() + 1)
                .mapToObj(ids::get)
                .toList();
    }

    @Test
    void laterJobsHaveHigherIds() {
        assertThat(enqueue(job())).isLessThan(enqueue(job()));
    }

    @Test
    void callersAtTheSameTimeNeverShareAnId() {
        List<List<Enqueued>> answers = atOnce(16, caller -> store().intake().enqueue(jobs(100), 0));

        assertThat(answers.stream().flatMap(List::stream).map(Enqueued::id))
                .hasSize(1_600)
                .doesNotHaveDuplicates();
        assertThat(audit().pending()).isEqualTo(1_600);
    }

    @Test
    void aNewJobIsCreatedAndPending() {
        Enqueued answer = enqueueAnswered(job().uniqueKey("sack 7"));

        assertThat(answer.created()).isTrue();
        JobSnapshot found = find(answer.id());
        assertThat(found.state()).isEqualTo(JobState.PENDING);
        assertThat(found.queue()).isEqualTo(QUEUE);
        assertThat(found.kind()).isEqualTo(KIND);
        assertThat(found.uniqueKey()).isEqualTo("sack 7");
        assertThat(found.attempt()).isZero();
        assertThat(found.failures()).isEmpty();
    }

    @Test
    void aJobIsClaimedAsItWasEnqueued() {
        JobId id = enqueue(job().kind(OTHER_KIND)
                .priority(2)
                .payload("{\"text\": \"ä \\\"quoted\\\" 麦\"}")
                .headers("{\"trace\":\"00-ab\"}")
                .maxAttempts(7)
                .uniqueKey("sack 7"));

        ClaimedJob claimed = claimOne(worker());

        assertThat(claimed.id()).isEqualTo(id.value());
        assertThat(claimed.kind()).isEqualTo(OTHER_KIND);
        assertThat(claimed.priority()).isEqualTo(2);
        assertThat(claimed.payload()).isEqualToIgnoringWhitespace("{\"text\":\"ä \\\"quoted\\\" 麦\"}");
        assertThat(claimed.headers()).isEqualToIgnoringWhitespace("{\"trace\":\"00-ab\"}");
        assertThat(claimed.maxAttempts()).isEqualTo(7);
        assertThat(claimed.uniqueKey()).isEqualTo("sack 7");
    }

    @Test
    void whatAJobDoesNotHaveIsNullWhenItIsClaimed() {
        given(job());

        ClaimedJob claimed = claimOne(worker());

        assertThat(claimed.headers()).isNull();
        assertThat(claimed.maxAttempts()).isNull();
        assertThat(claimed.uniqueKey()).isNull();
    }

    @Test
    void aPayloadMayBeAnyJson() {
        List<String> payloads = List.of("null", "true", "17", "\"text\"", "[]", "[1,[2,{}]]", "{}");

        List<JobId> ids = enqueue(
                payloads.stream().map(json -> job().payload(json).encode()).toList());

        assertThat(ids).map(id -> find(id).payload().replace(" ", "")).containsExactlyElementsOf(payloads);
    }

    @Test
    void aMomentInThePastMeansNow() {
        JobId first = enqueue(job());
        JobId past = enqueue(job().runAt(first.createdAt().minus(Duration.ofDays(400))));

        assertThat(idsOf(claimAll(worker()))).containsExactly(first, past);
    }

    @Test
    void oneRefusedPayloadRefusesTheWholeBatch() {
        List<EncodedJob> batch = List.of(
                job().uniqueKey("sack 7").encode(), job().payload("{\"n\":").encode(), job().encode());

        assertThatExceptionOfType(InvalidJobException.class).isThrownBy(() -> enqueue(batch));

        assertThat(audit().jobs()).isZero();
        assertThat(enqueueAnswered(job().uniqueKey("sack 7")).created()).isTrue();
    }

    @Test
    void aPayloadWithTheCharacterNulIsRefused() {
        assertThatExceptionOfType(InvalidJobException.class)
                .isThrownBy(() -> enqueue(job().payload("{\"text\":\"a\\u0000b\"}")));

        assertThat(audit().jobs()).isZero();
    }

    @Test
    void aPayloadThatOnlyLooksLikeTheCharacterNulIsTaken() {
        JobId id = enqueue(job().payload("{\"text\":\"a\\\\u0000b\"}"));

        assertThat(find(id).payload()).isEqualToIgnoringWhitespace("{\"text\":\"a\\\\u0000b\"}");
    }
}
