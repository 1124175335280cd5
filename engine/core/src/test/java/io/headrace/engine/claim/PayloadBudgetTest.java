package io.headrace.engine.claim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PayloadBudgetTest {

    private static final long MIB = 1 << 20;

    private final PayloadBudget budget = new PayloadBudget(4 * MIB);
    private final AtomicInteger freed = new AtomicInteger();
    private final PayloadBudget.Share one = budget.share(freed::incrementAndGet);
    private final PayloadBudget.Share other = budget.share(freed::incrementAndGet);

    @Test
    void goesToWhoeverComesFirst() {
        assertThat(one.tryHold(3 * MIB)).isTrue();
        assertThat(other.tryHold(MIB)).isTrue();
        assertThat(one.tryHold(1)).isFalse();

        other.adjust(-MIB);

        assertThat(freed).as("told that there is room").hasValue(1);
        assertThat(one.tryHold(MIB)).isTrue();
        assertThat(budget.held()).isEqualTo(4 * MIB);
    }

    @Test
    void leavesRoomForOneJobOfEachClaimer() {
        assertThat(one.tryHold(9 * MIB)).isTrue();

        assertThat(other.fit(1_000)).isEqualTo((int) (PayloadBudget.ALWAYS / PayloadBudget.SHORT));
        assertThat(other.tryHold(5 * MIB)).isTrue();
        assertThat(other.tryHold(1)).isFalse();
        assertThat(one.fit(100)).isZero();
    }

    @Test
    void isForAsManyJobsAsFitIfTheyAreAsLongAsOfLate() {
        assertThat(one.fit(10_000)).isEqualTo((int) (4 * MIB / PayloadBudget.SHORT));
        for (int i = 0; i < 30; i++) {
            one.claimed(10, 10 * MIB);
        }

        assertThat(one.fit(10_000)).isBetween(3, 4);
        one.claimed(1_000, 1_000);
        one.claimed(1_000, 1_000);
        assertThat(one.fit(10_000)).isGreaterThan(5);
    }

    @Test
    void nobodyIsToldWhoDidNotGoAway() {
        one.tryHold(MIB);
        one.adjust(-MIB);

        assertThat(freed).hasValue(0);
    }
}
