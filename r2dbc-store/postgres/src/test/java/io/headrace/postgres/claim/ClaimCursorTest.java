package io.headrace.postgres.claim;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClaimCursorTest {

    private static final Instant LOOKED = Instant.parse("2030-01-01T12:00:00Z");
    private static final short PRIORITY = 4;

    private final ClaimCursor fresh = ClaimCursor.fresh(0);

    @Test
    void in_a_backlog_the_next_claim_begins_where_this_one_reached() {
        Instant old = LOOKED.minus(Duration.ofMinutes(10));

        assertThat(reaching(old).floors()[PRIORITY]).isEqualTo(old.toString());
    }

    @Test
    void jobs_that_came_just_now_leave_a_second_for_what_commits_late() {
        assertThat(reaching(LOOKED.minusMillis(5)).floors()[PRIORITY])
                .isEqualTo(LOOKED.minusSeconds(1).toString());
        assertThat(fresh.exhausted(LOOKED).floors())
                .containsOnly(LOOKED.minusSeconds(1).toString());
    }

    @Test
    void a_floor_is_never_lowered_but_by_a_look_from_the_head() {
        Instant far = LOOKED.minusSeconds(60);
        ClaimCursor again = reaching(far).reached(LOOKED, List.of(PRIORITY), List.of(far.minusSeconds(60)), 1, 1);

        assertThat(again.floors()[PRIORITY]).isEqualTo(far.toString());
        assertThat(again.toHead().isAtHead()).isTrue();
    }

    @Test
    void what_commits_later_than_that_is_looked_for_once_a_second() {
        ClaimCursor reached = reaching(LOOKED);

        assertThat(reached.next(seconds(0.9)).isAtHead()).isFalse();
        assertThat(reached.next(seconds(1)).isAtHead()).isTrue();
    }

    @Test
    void a_look_from_the_head_that_takes_long_is_taken_more_seldom() {
        ClaimCursor slow = reaching(LOOKED).after(fresh, seconds(0.2));

        assertThat(slow.next(seconds(3.9)).isAtHead()).isFalse();
        assertThat(slow.next(seconds(4)).isAtHead()).isTrue();
    }

    @Test
    void but_every_ten_seconds_whatever_it_takes() {
        ClaimCursor slow = reaching(LOOKED).after(fresh, seconds(60));

        assertThat(slow.next(seconds(10)).isAtHead()).isTrue();
    }

    @Test
    void how_long_other_claims_take_changes_nothing() {
        ClaimCursor reached = reaching(LOOKED);

        assertThat(reached.after(reached, seconds(60)).next(seconds(1)).isAtHead())
                .isTrue();
    }

    private ClaimCursor reaching(Instant runAt) {
        return fresh.reached(LOOKED, List.of(PRIORITY), List.of(runAt), 100, 10);
    }

    private static long seconds(double seconds) {
        return (long) (seconds * 1e9);
    }
}
