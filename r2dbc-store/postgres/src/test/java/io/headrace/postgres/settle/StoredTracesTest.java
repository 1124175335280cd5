package io.headrace.postgres.settle;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What a process believes to be stored. */
class StoredTracesTest {

    private static final UUID HASH = new UUID(1, 2);

    private long nanos;
    private long millis;

    private final StoredTraces stored = new StoredTraces(() -> nanos, () -> millis);

    @Test
    void isBelievedForLessThanAnHour() {
        assertThat(stored.contains(HASH)).isFalse();
        stored.add(HASH, stored.now());

        nanos += Duration.ofMinutes(59).toNanos();
        assertThat(stored.contains(HASH)).isTrue();
        nanos += Duration.ofMinutes(1).toNanos();
        assertThat(stored.contains(HASH)).isFalse();
    }

    @Test
    void isNotBelievedAfterTheMachineWasSuspendedOrItsClockWasSet() {
        stored.add(HASH, stored.now());

        millis += Duration.ofHours(30).toMillis();
        assertThat(stored.contains(HASH)).isFalse();
        millis -= Duration.ofHours(60).toMillis();
        assertThat(stored.contains(HASH)).isFalse();
    }

    @Test
    void isBoundedByWhatWasUsedLast() {
        stored.add(HASH, stored.now());
        for (int i = 0; i < StoredTraces.MOST - 1; i++) {
            stored.add(new UUID(i, 3), stored.now());
        }
        assertThat(stored.contains(HASH)).isTrue();

        stored.add(new UUID(0, 4), stored.now());

        assertThat(stored.contains(HASH)).isTrue();
        assertThat(stored.contains(new UUID(0, 3))).isFalse();
    }
}
