package io.headrace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JobIdTest {

    @Test
    void aTextIsReadBackAsTheSameId() {
        LongStream values = LongStream.concat(
                LongStream.of(0, 1, 31, 32, Long.MAX_VALUE), new Random(7).longs(1_000, 0, Long.MAX_VALUE));

        values.mapToObj(JobId::new)
                .forEach(id -> assertThat(JobId.parse(id.toString())).isEqualTo(id));
    }

    @Test
    void textsHaveThirteenCharactersAndSortAsTheIdsDo() {
        List<JobId> ids = new Random(8)
                .longs(1_000, 0, Long.MAX_VALUE)
                .mapToObj(JobId::new)
                .sorted()
                .toList();

        assertThat(ids).allSatisfy(id -> assertThat(id.toString()).hasSize(13));
        assertThat(ids.stream().map(JobId::toString)).isSorted();
    }

    @Test
    void whatPeopleMistypeIsReadAsCrockfordHasIt() {
        assertThat(JobId.parse("000000000001o")).isEqualTo(new JobId(32));
        assertThat(JobId.parse("00000000000il")).isEqualTo(new JobId(33));
        assertThat(JobId.parse("7zzzzzzzzzzzz")).isEqualTo(new JobId(Long.MAX_VALUE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "00000000000000", "8000000000000", "000000000000U", "000000000000-"})
    void otherTextsAreRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JobId.parse(text))
                .withMessageContaining("'" + text + "'");
    }

    @Test
    void anIdIsNeverNegative() {
        assertThatIllegalArgumentException().isThrownBy(() -> new JobId(-1)).withMessageContaining("-1");
    }

    @Test
    void anIdTellsWhenItsBlockWasDrawn() {
        Instant at = Instant.parse("2026-11-21T03:04:05.678Z");

        assertThat(JobId.firstOfBlock(at, 4_096 + 5).createdAt()).isEqualTo(at);
        assertThat(JobId.firstOfBlock(at, 5)).isEqualTo(JobId.firstOfBlock(at, 4_096 + 5));
    }

    @Test
    void laterBlocksHaveGreaterIds() {
        Instant at = Instant.parse("2026-11-21T03:04:05.678Z");

        assertThat(JobId.firstOfBlock(at, 7).value())
                .isEqualTo(JobId.firstOfBlock(at, 6).value() + JobId.BLOCK_SIZE);
        assertThat(JobId.firstOfBlock(at.plusMillis(1), 0)).isGreaterThan(JobId.firstOfBlock(at, 4_095));
    }
}
