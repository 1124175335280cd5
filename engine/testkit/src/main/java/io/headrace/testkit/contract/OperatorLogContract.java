package io.headrace.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.operate.Decision;
import io.headrace.spi.NewDecision;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What operators decide is on record before it is carried out, and its answer afterwards. */
abstract class OperatorLogContract extends ContractSuite {

    private long begin(String subject) {
        return await(store().operatorLog().begin(new NewDecision("ada", "pause queue", subject)));
    }

    private void answer(long id, @Nullable Long count, String answer) {
        finish(store().operatorLog().answer(id, count, answer));
    }

    private List<Decision> page(@Nullable Long before, int most) {
        return await(store().operatorLog().page(before, most).collectList());
    }

    private long prune(Duration retention) {
        return await(store().operatorLog().prune(retention));
    }

    @Test
    void aDecisionIsOnRecordBeforeItsAnswer() {
        long id = begin("mail");

        Decision decision = page(null, 10).get(0);

        assertThat(decision).isEqualTo(new Decision(id, decision.at(), "ada", "pause queue", "mail", null, null));
    }

    @Test
    void theAnswerIsAddedOnce() {
        long id = begin("mail");

        answer(id, 3L, "matched 3");
        answer(id, null, "abandoned");

        assertThat(page(null, 10)).singleElement().satisfies(decision -> {
            assertThat(decision.count()).isEqualTo(3L);
            assertThat(decision.answer()).isEqualTo("matched 3");
        });
    }

    @Test
    void anAnswerMayHaveNoCount() {
        answer(begin("mail"), null, "done");

        assertThat(page(null, 10)).singleElement().satisfies(decision -> {
            assertThat(decision.count()).isNull();
            assertThat(decision.answer()).isEqualTo("done");
        });
    }

    @Test
    void pagesBeginWithTheLatestAndContinueBeforeTheLast() {
        long first = begin("a");
        long second = begin("b");
        long third = begin("c");

        List<Decision> page = page(null, 2);

        assertThat(page).extracting(Decision::id).containsExactly(third, second);
        assertThat(page(second, 2)).extracting(Decision::subject).containsExactly("a");
        assertThat(page(first, 2)).isEmpty();
    }

    @Test
    void whatIsOlderThanTheRetentionIsPrunedWithItsAnswer() {
        long old = begin("old");
        answer(old, 1L, "done");
        passTime(Duration.ofDays(2));
        long recent = begin("recent");

        assertThat(prune(Duration.ofDays(3))).isZero();
        assertThat(prune(Duration.ofDays(1))).isOne();

        assertThat(page(null, 10)).extracting(Decision::id).containsExactly(recent);
        assertThat(prune(Duration.ofDays(1))).isZero();
    }

    @Test
    void thousandsArePrunedInChunks() {
        List<Long> ids = atOnce(
                        1,
                        caller -> store().operatorLog()
                                .begin(new NewDecision("ada", "cancel", "job"))
                                .repeat(1_200)
                                .last())
                .stream()
                .filter(Objects::nonNull)
                .toList();
        assertThat(ids).hasSize(1);
        passTime(Duration.ofDays(2));

        long pruned = 0;
        for (long chunk = prune(Duration.ofDays(1)); chunk > 0; chunk = prune(Duration.ofDays(1))) {
            pruned += chunk;
        }

        assertThat(pruned).isEqualTo(1_201);
        assertThat(page(null, 10)).isEmpty();
    }

    @Test
    void nothingIsRecordedBeforeSubscription() {
        var begun = store().operatorLog().begin(new NewDecision("ada", "cancel", "job"));

        assertThat(page(null, 10)).isEmpty();
        assertThat(begun).isNotNull();
    }
}
