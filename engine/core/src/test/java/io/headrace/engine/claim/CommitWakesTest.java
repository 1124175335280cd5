package io.headrace.engine.claim;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.test.scheduler.VirtualTimeScheduler;

class CommitWakesTest {

    private static final Duration A_MOMENT = Duration.ofMillis(1);

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final List<String> woken = new ArrayList<>();
    private final CommitWakes wakes = new CommitWakes(woken::add, time);

    @Test
    void theFirstWakesAtOnceAndThoseOfTheNextMomentsTogether() {
        wakes.committed("mill");
        assertThat(woken).containsExactly("mill");

        wakes.committed("mill");
        wakes.committed("mill");
        time.advanceTimeBy(CommitWakes.APART.minus(A_MOMENT));
        wakes.committed("mill");
        assertThat(woken).hasSize(1);
        time.advanceTimeBy(A_MOMENT);
        assertThat(woken).hasSize(2);

        wakes.committed("mill");
        assertThat(woken).hasSize(2);
        time.advanceTimeBy(CommitWakes.APART);
        assertThat(woken).hasSize(3);
    }

    @Test
    void oneThatComesLaterWakesAtOnceAgain() {
        wakes.committed("mill");
        time.advanceTimeBy(CommitWakes.APART);
        assertThat(woken).hasSize(1);

        wakes.committed("mill");
        assertThat(woken).hasSize(2);
    }

    @Test
    void queuesDoNotWaitForEachOther() {
        wakes.committed("mill");
        wakes.committed("weir");

        assertThat(woken).containsExactly("mill", "weir");
    }
}
