package io.headrace.testkit.pipeline;

import static io.headrace.testkit.pipeline.Mill.GRIND;
import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.schedule.Cron;
import io.headrace.schedule.Schedule;
import io.headrace.schedule.ScheduleOperator;
import io.headrace.schedule.ScheduleSnapshot;
import io.headrace.schedule.ScheduleState;
import io.headrace.spi.StoredSchedule;
import io.headrace.spi.StoredSchedule.Terms;
import java.util.List;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A schedule that a newer version has written, or whose zone is unknown here. */
class UnreadableScheduleTest {

    private static final Schedule HOURLY = Schedule.of("mill", Cron.of("0 * * * *"), GRIND.job("rye"));

    @RegisterExtension
    final Mill mill = new Mill();

    @ParameterizedTest
    @CsvSource({"tide 2,UTC", "cron 0 3 * * *,Moon/Tycho", "cron 0 3 30 2 *,UTC", "every nothing,UTC"})
    void aTimetableThatCannotBeReadHidesNoOther(String timetable, String zone) {
        Fires fires = new Fires(mill);
        ScheduleOperator desk = fires.desk();
        fires.answer(desk.save(HOURLY));
        StoredSchedule hourly = fires.answer(mill.store().schedules().look(List.of("mill")))
                .schedules()
                .get(0);
        Terms terms = hourly.terms();
        fires.answer(mill.store()
                .schedules()
                .write(List.of(new StoredSchedule(
                        "a newer one",
                        0,
                        new Terms(
                                timetable,
                                zone,
                                terms.start(),
                                terms.jitter(),
                                terms.misfire(),
                                terms.overlap(),
                                terms.job()),
                        null,
                        hourly.times(),
                        hourly.history()))));

        List<ScheduleSnapshot> all = fires.answer(desk.list().collectList());

        assertThat(all).map(ScheduleSnapshot::name).containsExactly("a newer one", "mill");
        assertThat(all).map(ScheduleSnapshot::timetable).containsExactly(null, HOURLY.timetable());
        assertThat(fires.find("a newer one")).isEqualTo(all.get(0));
        fires.answer(desk.pause("a newer one"));
        assertThat(fires.find("a newer one").state()).isEqualTo(ScheduleState.PAUSED);
        fires.answer(desk.remove("a newer one"));
        assertThat(fires.find("a newer one")).isNull();
    }
}
