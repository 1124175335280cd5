package io.headrace.postgres.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class DueCursorTest {

    private static final Instant NOON = Instant.parse("2026-07-01T12:00:00Z");
    private static final Instant SOON = NOON.plusSeconds(5);

    private static long millis(long count) {
        return Duration.ofMillis(count).toNanos();
    }

    @Test
    void aLookThatTookNoTimeIsFollowedByOneFromTheHead() {
        DueCursor next = DueCursor.head().after(NOON, millis(9), 0).next(0);

        assertThat(next.floor()).isEqualTo("-infinity");
        assertThat(next.isHead()).isTrue();
        assertThat(next.rest(0)).isZero();
    }

    @Test
    void aLookThatTookLongIsFollowedByOthersFromALittleBeforeWhatItSaw() {
        DueCursor slow = DueCursor.head().after(NOON, millis(50), 0);
        DueCursor later = slow.next(millis(1)).after(SOON, millis(1), millis(2));

        assertThat(slow.next(millis(1)).floor()).isEqualTo("2026-07-01T11:59:59.800Z");
        assertThat(slow.next(millis(1)).isHead()).isFalse();
        assertThat(later.next(millis(2)).floor()).isEqualTo("2026-07-01T12:00:04.800Z");
    }

    @Test
    void theFloorNeverSinks() {
        DueCursor later =
                DueCursor.head().after(SOON, millis(50), 0).next(millis(1)).after(NOON, millis(1), millis(2));

        assertThat(later.next(millis(2)).floor()).isEqualTo("2026-07-01T12:00:04.800Z");
    }

    @Test
    void theHeadIsLookedAtForATwentiethOfTheTime() {
        DueCursor slow = DueCursor.head().after(NOON, millis(50), 0);

        assertThat(slow.rest(millis(100))).isEqualTo(Duration.ofMillis(900));
        assertThat(slow.next(millis(999)).isHead()).isFalse();
        assertThat(slow.next(millis(1_000)).isHead()).isTrue();
    }

    @Test
    void butAtLeastEveryTenSeconds() {
        DueCursor slow = DueCursor.head().after(NOON, millis(60_000), 0);

        assertThat(slow.next(millis(9_999)).isHead()).isFalse();
        assertThat(slow.next(millis(10_000)).isHead()).isTrue();
    }

    @Test
    void aTimeThatIsWrittenBelowTheFloorBringsTheHeadBack() {
        DueCursor slow = DueCursor.head().after(NOON, millis(50), 0);

        assertThat(slow.written(NOON).isHead()).isFalse();
        assertThat(slow.written(NOON.minusSeconds(1)).isHead()).isTrue();
        assertThat(DueCursor.head().written(NOON.minusSeconds(1)).isHead()).isTrue();
    }
}
