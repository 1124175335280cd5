package io.headrace.testkit.memory.enqueue;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.JobId;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class IdBlocksTest {

    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");

    private final IdBlocks blocks = new IdBlocks();

    @Test
    void aBlockTellsWhenItWasDrawn() {
        assertThat(new JobId(blocks.next(NOON)).createdAt()).isEqualTo(NOON);
    }

    @Test
    void blocksNeverOverlapThoughTheClockStandsStill() {
        long[] first = LongStream.range(0, 10_000).map(i -> blocks.next(NOON)).toArray();

        for (int i = 1; i < first.length; i++) {
            assertThat(first[i] - first[i - 1]).isGreaterThanOrEqualTo(JobId.BLOCK_SIZE);
        }
    }

    @Test
    void blocksRiseThoughTheClockGoesBack() {
        long before = blocks.next(NOON);

        assertThat(blocks.next(NOON.minus(Duration.ofDays(1)))).isGreaterThan(before);
    }
}
