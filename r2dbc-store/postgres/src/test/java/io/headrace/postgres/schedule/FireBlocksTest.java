package io.headrace.postgres.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.schedule.FireCause;
import io.headrace.schedule.FireOutcome;
import io.headrace.spi.Firing;
import io.headrace.spi.Firing.Shot;
import io.headrace.spi.Firing.ShotJob;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FireBlocksTest {

    private static final int HALF = (int) (FireBlocks.MOST_LENGTH / 2);

    private static Firing firing(@Nullable String payload, @Nullable String headers) {
        ShotJob job = new ShotJob("default", "grind", 4, payload, headers, null, null);
        Shot shot = new Shot(Instant.EPOCH, FireCause.DUE, FireOutcome.ENQUEUED, 0, job, null);
        Shot without = new Shot(Instant.EPOCH, FireCause.DUE, FireOutcome.SKIPPED, 0, null, null);
        return new Firing("rye", 1, List.of(shot, without), null, null, null, 0);
    }

    @Test
    void whatFitsIsOneBlock() {
        List<Firing> firings = List.of(firing("x".repeat(HALF), null), firing(null, "x".repeat(HALF)));

        assertThat(FireBlocks.of(firings)).hasSize(1).first().isSameAs(firings);
    }

    @Test
    void whatDoesNotIsCutBetweenFirings() {
        Firing half = firing("x".repeat(HALF), null);
        Firing little = firing("x", null);
        Firing large = firing("x".repeat(3 * HALF), null);

        assertThat(FireBlocks.of(List.of(half, little, half, large, little, half)))
                .containsExactly(List.of(half, little), List.of(half), List.of(large), List.of(little, half));
    }
}
