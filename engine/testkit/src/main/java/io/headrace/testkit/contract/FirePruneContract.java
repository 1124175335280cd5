package io.headrace.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.schedule.FireCause;
import io.headrace.schedule.FireOutcome;
import io.headrace.schedule.FireSnapshot;
import io.headrace.schedule.Overlap;
import io.headrace.spi.Firing;
import io.headrace.spi.Firing.Shot;
import io.headrace.spi.StoredSchedule;
import io.headrace.spi.StoredSchedule.Waiting;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How long fires are kept on record, and what is known afterwards. */
abstract class FirePruneContract extends ScheduleSuite {

    private static final Duration RETENTION = Duration.ofDays(7);

    /** Chunk by chunk. */
    private long prune() {
        long all = 0;
        long pruned = await(schedules().pruneFires(RETENTION));
        while (pruned > 0) {
            all += pruned;
            pruned = await(schedules().pruneFires(RETENTION));
        }
        return all;
    }

    @Test
    void thereIsNothingToPruneInAnEmptyStore() {
        assertThat(prune()).isZero();
    }

    @Test
    void aFireIsKeptForItsRetention() {
        given(hourly(NAME));
        givenFire(NAME, hour(0));
        passTime(RETENTION.minusHours(1));

        assertThat(prune()).isZero();

        assertThat(fires(NAME)).hasSize(1);
        assertThat(schedule(NAME).history().prunedTo()).isNull();
    }

    @Test
    void whenItWasRecordedCountsAndNotItsInstant() {
        given(hourly(NAME));
        given(backfill(NAME, backfilled(hour(-24 * 365)), backfilled(hour(-24 * 364))));
        passTime(RETENTION.minusHours(1));
        givenFire(NAME, hour(0));
        passTime(Duration.ofHours(2));
        long version = schedule(NAME).version();

        assertThat(prune()).isEqualTo(2);

        assertThat(fires(NAME)).extracting(FireSnapshot::at).containsExactly(hour(0));
        StoredSchedule after = schedule(NAME);
        assertThat(after.history().prunedTo()).isEqualTo(hour(-24 * 364));
        assertThat(after.history().fires()).isEqualTo(3);
        assertThat(after.version()).isEqualTo(version);
    }

    @Test
    void howFarTheRecordWasPrunedNeverGoesBack() {
        given(hourly(NAME));
        givenFire(NAME, hour(0));
        passTime(RETENTION.plusHours(1));
        assertThat(prune()).isEqualTo(1);
        given(backfill(NAME, backfilled(hour(-9))));
        passTime(RETENTION.plusHours(1));

        assertThat(prune()).isEqualTo(1);

        assertThat(schedule(NAME).history().prunedTo()).isEqualTo(hour(0));
    }

    @Test
    void anInstantThatWasPrunedIsNotOnRecord() {
        given(hourly(NAME));
        givenFire(NAME, hour(0));
        passTime(RETENTION.plusHours(1));
        assertThat(prune()).isEqualTo(1);

        assertThat(fireOne(backfill(NAME, backfilled(hour(0)))).jobs()).hasSize(1);
    }

    @Test
    void everyFireIsPrunedWhateverCameOfIt() {
        StoredSchedule created = written(hourly(NAME));
        given(firing(
                created,
                shot(hour(-3)),
                shot(hour(-2), FireOutcome.SKIPPED),
                new Shot(hour(-1), FireCause.DUE, FireOutcome.FAILED, 0, null, "the sack is empty")));
        passTime(RETENTION.plusHours(1));

        assertThat(prune()).isEqualTo(3);

        assertThat(fires(NAME)).isEmpty();
        assertThat(schedule(NAME).history().prunedTo()).isEqualTo(hour(-1));
        assertThat(audit().pending()).as("its job stays").isEqualTo(1);
    }

    @Test
    void aFireThatWaitsIsKept() {
        StoredSchedule created = written(hourly(NAME, Overlap.QUEUE_ONE));
        given(new Firing(
                NAME,
                created.version(),
                List.of(shot(hour(-2)), shot(hour(-1), FireOutcome.WAITING)),
                hour(0),
                hour(0),
                new Waiting(hour(-1), FireCause.DUE),
                0));
        passTime(RETENTION.plusHours(1));

        assertThat(prune()).isEqualTo(1);

        assertThat(fires(NAME)).extracting(FireSnapshot::outcome).containsExactly(FireOutcome.WAITING);
        assertThat(schedule(NAME).history().prunedTo()).isEqualTo(hour(-2));
        given(firing(schedule(NAME), shot(hour(-1))));
        assertThat(prune()).as("recorded just now").isZero();
    }

    @Test
    void theFiresOfARemovedScheduleArePruned() {
        given(hourly(NAME));
        givenFire(NAME, hour(0));
        assertThat(await(schedules().remove(NAME, schedule(NAME).version()))).isTrue();
        passTime(RETENTION.plusHours(1));

        assertThat(prune()).isEqualTo(1);

        assertThat(fires(NAME)).isEmpty();
    }

    @Test
    void manyFiresArePrunedChunkByChunk() {
        for (int schedule = 0; schedule < 3; schedule++) {
            StoredSchedule created = written(hourly("schedule " + schedule));
            Shot[] shots = IntStream.range(-1_000, 0)
                    .mapToObj(n -> shot(hour(n), FireOutcome.SKIPPED))
                    .toArray(Shot[]::new);
            given(firing(created, shots));
        }
        passTime(RETENTION.plusHours(1));

        assertThat(prune()).isEqualTo(3_000);

        assertThat(page("", 10))
                .hasSize(3)
                .allSatisfy(schedule -> assertThat(
                                Objects.requireNonNull(schedule.history().prunedTo()))
                        .isEqualTo(hour(-1)));
    }
}
