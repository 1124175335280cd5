package io.headrace.postgres.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ServerEpochTest {

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
    private final ServerEpoch epoch = new ServerEpoch(nanos::get);

    @Test
    void manyConnectionsOfOneEpochEndItOnce() {
        assertThat(epoch.end(0)).isTrue();
        assertThat(epoch.end(0)).isFalse();
        assertThat(epoch.current()).isEqualTo(1);
    }

    @Test
    void theFirstConnectionAfterwardsIsMadeAtOnce() {
        epoch.end(0);

        assertThat(epoch.pauseBeforeConnecting()).isZero();
    }

    @Test
    void whereNewConnectionsAreNoBetterTheyAreMadeMoreAndMoreSeldom() {
        epoch.end(0);
        Duration before = Duration.ZERO;
        for (int i = 1; i <= 20; i++) {
            pass(epoch.pauseBeforeConnecting());
            epoch.end(i);
            Duration pause = epoch.pauseBeforeConnecting();
            assertThat(pause).isPositive().isBetween(before, ServerEpoch.LONGEST_PAUSE);
            before = pause;
        }
        assertThat(before).isEqualTo(ServerEpoch.LONGEST_PAUSE);

        pass(before);
        assertThat(epoch.pauseBeforeConnecting()).isZero();
    }

    @Test
    void anEpochThatHasLastedEndsWithoutAPause() {
        epoch.end(0);
        epoch.end(1);
        pass(Duration.ofSeconds(30));

        epoch.end(2);

        assertThat(epoch.pauseBeforeConnecting()).isZero();
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }
}
