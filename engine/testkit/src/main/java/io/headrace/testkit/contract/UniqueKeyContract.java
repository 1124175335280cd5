package io.headrace.testkit.contract;

import static io.headrace.testkit.contract.Draft.OTHER_KIND;
import static io.headrace.testkit.contract.Draft.job;
import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.Enqueued;
import io.headrace.JobId;
import io.headrace.spi.EncodedJob;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** At most one live job, or failed tombstone, has a kind and key. */
abstract class UniqueKeyContract extends ContractSuite {

    private static final Draft KEYED = job().uniqueKey("sack 7");

    @Test
    void theSecondJobWithAKeyIsAnsweredWithTheFirst() {
        Enqueued first = enqueueAnswered(KEYED);
        Enqueued second = enqueueAnswered(KEYED.payload("{\"n\":2}"));

        assertThat(first.created()).isTrue();
        assertThat(second).isEqualTo(new Enqueued(first.id(), false));
        assertThat(find(first.id()).payload()).isEqualToIgnoringWhitespace("{\"n\":0}");
        assertThat(audit().jobs()).isEqualTo(1);
    }

    @Test
    void jobsWithoutAKeyAreAllCreated() {
        given(job(), job(), job());

        assertThat(audit().jobs()).isEqualTo(3);
    }

    @Test
    void aKeyBelongsToItsKind() {
        JobId first = enqueue(KEYED);

        assertThat(enqueue(KEYED.kind(OTHER_KIND))).isNotEqualTo(first);
    }

    @Test
    void aKeyIsTheSameInEveryQueueAndPriority() {
        JobId first = enqueue(KEYED);

        assertThat(enqueue(KEYED.queue("weir").priority(0))).isEqualTo(first);
    }

    @Test
    void duplicatesInsideABatchAreAnsweredWithTheFirstOfThem() {
        List<EncodedJob> batch = List.of(
                job().uniqueKey("a").payload("{\"n\":1}").encode(),
                job().uniqueKey("b").encode(),
                job().uniqueKey("a").payload("{\"n\":2}").encode(),
                job().encode(),
                job().uniqueKey("a").payload("{\"n\":3}").encode());

        List<Enqueued> answers = await(store().intake().enqueue(batch, 0));

        JobId first = answers.get(0).id();
        assertThat(answers).map(Enqueued::created).containsExactly(true, true, false, true, false);
        assertThat(List.of(answers.get(2).id(), answers.get(4).id())).containsOnly(first);
        assertThat(find(first).payload()).isEqualToIgnoringWhitespace("{\"n\":1}");
        assertThat(audit().jobs()).isEqualTo(3);
    }

    @Test
    void aBatchMixesKeysThatAreTakenAndNew() {
        JobId taken = enqueue(KEYED);
        List<EncodedJob> batch = List.of(
                job().uniqueKey("new").encode(),
                KEYED.encode(),
                job().encode(),
                KEYED.kind(OTHER_KIND).encode());

        List<Enqueued> answers = await(store().intake().enqueue(batch, 0));

        assertThat(answers).map(Enqueued::created).containsExactly(true, false, true, true);
        assertThat(answers.get(1).id()).isEqualTo(taken);
        assertThat(audit().jobs()).isEqualTo(4);
    }

    @Test
    void aBatchOfNothingButTakenKeysAddsNothing() {
        JobId taken = enqueue(KEYED);

        assertThat(enqueue(List.of(KEYED.encode(), KEYED.encode()))).containsExactly(taken, taken);
        assertThat(audit().jobs()).isEqualTo(1);
    }

    @Test
    void aJobThatIsDueLaterHasItsKeyAlready() {
        JobId later = enqueue(KEYED.delay(Duration.ofDays(1)));

        assertThat(enqueue(KEYED)).isEqualTo(later);
    }

    @Test
    void ofManyCallersAtOnceOneCreatesTheJobAndAllLearnItsId() {
        for (int round = 0; round < 10; round++) {
            Draft draft = job().uniqueKey("round " + round);
            List<Enqueued> answers = atOnce(
                    12, caller -> enqueueOnceFree(List.of(draft.encode())).map(list -> list.get(0)));

            assertThat(answers).map(Enqueued::id).containsOnly(answers.get(0).id());
            assertThat(answers).filteredOn(Enqueued::created).hasSize(1);
        }
        assertThat(audit().jobs()).isEqualTo(10);
    }

    @Test
    void batchesAtOnceWithTheSameKeysInAnyOrderCreateEachJobOnce() {
        int keys = 200;
        List<List<String>> orders = IntStream.range(0, 10)
                .mapToObj(caller -> shuffledKeys(keys, new Random(caller)))
                .toList();

        List<List<Enqueued>> answers = atOnce(orders.size(), caller -> enqueueOnceFree(keyed(orders.get(caller))));

        assertThat(answers.stream().flatMap(List::stream).filter(Enqueued::created))
                .as("created")
                .hasSize(keys);
        Set<String> pairs = new HashSet<>();
        for (int caller = 0; caller < orders.size(); caller++) {
            for (int i = 0; i < keys; i++) {
                pairs.add(orders.get(caller).get(i) + " → "
                        + answers.get(caller).get(i).id());
            }
        }
        assertThat(pairs).as("keys and the ids they were answered with").hasSize(keys);
        assertThat(audit().jobs()).isEqualTo(keys);
    }

    private static List<String> shuffledKeys(int count, Random random) {
        List<String> keys = new ArrayList<>(
                IntStream.range(0, count).mapToObj(n -> "sack " + n).toList());
        Collections.shuffle(keys, random);
        return keys;
    }

    private static List<EncodedJob> keyed(List<String> keys) {
        return keys.stream().map(key -> job().uniqueKey(key).encode()).toList();
    }
}
