package io.headrace.testkit.contract;

import static io.headrace.testkit.contract.Draft.KIND;
import static io.headrace.testkit.contract.Draft.QUEUE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.headrace.InvalidJobException;
import io.headrace.schedule.Overlap;
import io.headrace.spi.Firing;
import io.headrace.spi.StoredSchedule;
import io.headrace.spi.StoredSchedule.Declaration;
import io.headrace.spi.StoredSchedule.History;
import io.headrace.spi.StoredSchedule.Pause;
import io.headrace.spi.StoredSchedule.Template;
import io.headrace.spi.StoredSchedule.Terms;
import io.headrace.spi.StoredSchedule.Times;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** How schedules are created, changed and removed: each write names the version that it is based on. */
abstract class ScheduleWriteContract extends ScheduleSuite {

    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00.000001Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999Z");

    @Test
    void everyComponentIsWrittenAndRead() {
        StoredSchedule full = new StoredSchedule(
                NAME,
                0,
                new Terms(
                        "*/30 9-17 * * MON#1,FRIL",
                        "Australia/Lord_Howe",
                        FIRST,
                        Duration.ofMillis(86_399_999),
                        1_000,
                        Overlap.QUEUE_ONE,
                        new Template(
                                "weir", "sift", 9, "{\"text\":\"ä \\\"q\\\" 麦\"}", "{\"trace\":\"00-ab\"}", 1_000)),
                new Declaration("declared: 'ä' \\ 麦 🌾\nline 2", LAST, true),
                new Times(null, LAST, FIRST, null),
                new History(FIRST, null, false, Long.MAX_VALUE - 1, Long.MAX_VALUE - 2, LAST));

        StoredSchedule read = written(full);

        assertThat(read.version()).isPositive();
        assertThat(read.terms().job().payload())
                .isEqualToIgnoringWhitespace(full.terms().job().payload());
        assertThat(read.terms().job().headers())
                .isEqualToIgnoringWhitespace(full.terms().job().headers());
        assertThat(withoutJson(read)).isEqualTo(withoutJson(full));
    }

    @Test
    void whatAScheduleDoesNotHaveIsNull() {
        StoredSchedule read = written(made(NAME).withTimes(nextAt(null)));

        assertThat(withoutJson(read)).isEqualTo(withoutJson(made(NAME).withTimes(nextAt(null))));
        assertThat(read.terms().job().payload()).isNull();
        assertThat(read.terms().job().headers()).isNull();
        assertThat(read.terms().job().maxAttempts()).isNull();
        assertThat(read.history()).isEqualTo(History.NONE);
    }

    /** In version 0, whatever version it is. */
    private static StoredSchedule withoutJson(StoredSchedule schedule) {
        Terms terms = schedule.terms();
        Template job = terms.job();
        return new StoredSchedule(
                schedule.name(),
                0,
                new Terms(
                        terms.timetable(),
                        terms.zone(),
                        terms.start(),
                        terms.jitter(),
                        terms.misfire(),
                        terms.overlap(),
                        new Template(job.queue(), job.kind(), job.priority(), null, null, job.maxAttempts())),
                schedule.declaration(),
                schedule.times(),
                schedule.history());
    }

    @Test
    void everyOverlapAndPauseIsKept() {
        for (Overlap overlap : Overlap.values()) {
            assertThat(written(hourly("overlap " + overlap, overlap)).terms().overlap())
                    .isEqualTo(overlap);
        }
        for (Pause pause : Pause.values()) {
            Times times = new Times(pause, hour(1), null, null);
            assertThat(written(hourly("pause " + pause).withTimes(times)).times())
                    .isEqualTo(times);
        }
    }

    @Test
    void nothingIsWrittenBeforeSubscription() {
        Mono<Set<String>> writing = schedules().write(List.of(hourly(NAME)));
        assertThat(look(NAME)).isEmpty();

        assertThat(await(writing)).containsExactly(NAME);
        assertThat(await(writing)).as("the second time it exists").isEmpty();
    }

    @Test
    void aListOfNothingWritesNothing() {
        assertThat(await(schedules().write(List.of()))).isEmpty();
    }

    @Test
    void aScheduleThatExistsIsNotCreatedAgain() {
        StoredSchedule first = written(hourly(NAME));

        assertThat(await(schedules().write(List.of(made(NAME))))).isEmpty();

        assertThat(schedule(NAME)).isEqualTo(first);
    }

    @Test
    void aScheduleThatDoesNotExistIsNotChanged() {
        StoredSchedule removed = written(hourly(NAME));
        assertThat(await(schedules().remove(NAME, removed.version()))).isTrue();

        assertThat(await(schedules().write(List.of(removed)))).isEmpty();

        assertThat(look(NAME)).isEmpty();
    }

    @Test
    void aChangeIsBasedOnTheLatestVersion() {
        StoredSchedule first = written(hourly(NAME));
        StoredSchedule second = written(first.withTimes(paused(hour(3))));
        assertThat(second.version()).isGreaterThan(first.version());
        assertThat(second.times()).isEqualTo(paused(hour(3)));

        assertThat(await(schedules().write(List.of(first.withTimes(nextAt(hour(7)))))))
                .isEmpty();

        assertThat(schedule(NAME)).isEqualTo(second);
    }

    @Test
    void ofSeveralSchedulesThoseThatHaveNotChangedAreWritten() {
        StoredSchedule changed = written(hourly("changed"));
        StoredSchedule current = written(changed.withTimes(nextAt(hour(1))));
        StoredSchedule same = written(hourly("same"));

        Set<String> written = await(schedules()
                .write(List.of(
                        changed.withTimes(nextAt(hour(5))),
                        same.withTimes(nextAt(hour(5))),
                        hourly("new"),
                        hourly("changed too").withTimes(nextAt(hour(5))))));

        assertThat(written).containsExactlyInAnyOrder("same", "new", "changed too");
        assertThat(schedule("changed")).isEqualTo(current);
        assertThat(schedule("same").times()).isEqualTo(nextAt(hour(5)));
    }

    @Test
    void aWriteLeavesTheHistoryAsItIs() {
        StoredSchedule created = written(hourly(NAME));
        given(new Firing(NAME, created.version(), List.of(shot(hour(0))), hour(1), hour(1), null, 17));
        StoredSchedule fired = schedule(NAME);
        assertThat(fired.history().fires()).isEqualTo(1);

        StoredSchedule changed =
                written(new StoredSchedule(NAME, fired.version(), fired.terms(), null, nextAt(hour(2)), History.NONE));

        assertThat(changed.history()).isEqualTo(fired.history());
        assertThat(changed.times()).isEqualTo(nextAt(hour(2)));
    }

    @Test
    void aFiringCountsAsAWrite() {
        StoredSchedule created = written(hourly(NAME));
        given(firing(created, shot(hour(0))));
        StoredSchedule fired = schedule(NAME);

        assertThat(await(schedules().write(List.of(created.withTimes(paused(hour(1)))))))
                .isEmpty();

        assertThat(schedule(NAME)).isEqualTo(fired);
    }

    @Test
    void ofManyWritersAtOnceOneCreatesAndOneChanges() {
        for (int round = 0; round < 10; round++) {
            String name = "round " + round;
            assertThat(winners(hourly(name))).isEqualTo(1);
            StoredSchedule created = schedule(name);
            assertThat(winners(created)).isEqualTo(1);
            assertThat(schedule(name).version()).isEqualTo(created.version() + 1);
        }
    }

    private long winners(StoredSchedule base) {
        List<Set<String>> answers =
                atOnce(8, caller -> schedules().write(List.of(base.withTimes(nextAt(hour(caller))))));
        return answers.stream().filter(written -> written.contains(base.name())).count();
    }

    @Test
    void aPayloadThatCannotBeStoredIsRefusedAndNothingIsWritten() {
        for (String payload : List.of("{\"n\":", "{\"text\":\"a\\u0000b\"}")) {
            StoredSchedule refused = hourly("refused")
                    .withTerms(terms(Overlap.ALLOW, new Template(QUEUE, KIND, 4, payload, null, null)));

            assertThatExceptionOfType(InvalidJobException.class)
                    .isThrownBy(() -> await(schedules().write(List.of(hourly(NAME), refused))));

            assertThat(page("", 10)).isEmpty();
        }
    }

    @Test
    void aRemovedScheduleIsGoneAndItsFiresStay() {
        StoredSchedule created = written(hourly(NAME));
        StoredSchedule other = written(hourly("other"));
        given(firing(created, shot(hour(0))));

        assertThat(await(schedules().remove(NAME, schedule(NAME).version()))).isTrue();

        assertThat(look(NAME)).isEmpty();
        assertThat(page("", 10)).containsExactly(other);
        assertThat(fires(NAME))
                .singleElement()
                .satisfies(fire -> assertThat(fire.at()).isEqualTo(hour(0)));
    }

    @Test
    void aScheduleThatIsCreatedAgainHasNoVersionOfTheOneBefore() {
        StoredSchedule first = written(hourly(NAME));
        assertThat(await(schedules().remove(NAME, first.version()))).isTrue();
        StoredSchedule again = written(hourly(NAME).withTimes(nextAt(hour(5))));

        assertThat(fire(firing(first, shot(hour(0))))).isEmpty();
        assertThat(await(schedules().write(List.of(first.withTimes(paused(hour(1)))))))
                .isEmpty();
        assertThat(await(schedules().remove(NAME, first.version()))).isFalse();

        assertThat(schedule(NAME)).isEqualTo(again);
        assertThat(fires(NAME)).isEmpty();
    }

    @Test
    void onlyTheLatestVersionIsRemoved() {
        StoredSchedule created = written(hourly(NAME));
        StoredSchedule changed = written(created.withTimes(nextAt(hour(5))));

        assertThat(await(schedules().remove(NAME, created.version()))).isFalse();
        assertThat(await(schedules().remove(NAME, 0))).isFalse();
        assertThat(await(schedules().remove("unknown", 0))).isFalse();
        assertThat(await(schedules().remove("unknown", 1))).isFalse();

        assertThat(schedule(NAME)).isEqualTo(changed);
    }
}
