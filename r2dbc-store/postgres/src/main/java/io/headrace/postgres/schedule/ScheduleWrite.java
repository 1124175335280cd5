package io.headrace.postgres.schedule;

import io.headrace.postgres.sql.Parameters;
import io.headrace.spi.StoredSchedule;
import io.headrace.spi.StoredSchedule.Declaration;
import io.headrace.spi.StoredSchedule.History;
import io.headrace.spi.StoredSchedule.Template;
import io.headrace.spi.StoredSchedule.Terms;
import io.headrace.spi.StoredSchedule.Times;
import io.headrace.spi.StoredSchedule.Waiting;
import io.r2dbc.spi.Statement;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Schedules in the form of {@code write.sql}: an array for each column. */
final class ScheduleWrite {

    private final List<StoredSchedule> schedules;

    ScheduleWrite(List<StoredSchedule> schedules) {
        this.schedules = schedules;
    }

    Statement bind(Statement statement) {
        Parameters named = new Parameters(statement)
                .texts(schedules, StoredSchedule::name)
                .longs(schedules, StoredSchedule::version);
        return histories(times(declarations(terms(named)))).statement();
    }

    private Parameters terms(Parameters parameters) {
        List<Terms> terms = schedules.stream().map(StoredSchedule::terms).toList();
        List<Template> jobs = terms.stream().map(Terms::job).toList();
        return parameters
                .texts(terms, Terms::timetable)
                .texts(terms, Terms::zone)
                .moments(terms, Terms::start)
                .longs(terms, each -> each.jitter().toMillis())
                .integers(terms, Terms::misfire)
                .texts(terms, each -> each.overlap().name())
                .texts(jobs, Template::queue)
                .texts(jobs, Template::kind)
                .shorts(jobs, Template::priority)
                .texts(jobs, Template::payload)
                .texts(jobs, Template::headers)
                .shorts(jobs, Template::maxAttempts);
    }

    private Parameters declarations(Parameters parameters) {
        return parameters
                .texts(schedules, each -> orNull(each.declaration(), Declaration::text))
                .moments(schedules, each -> orNull(each.declaration(), Declaration::at))
                .flags(
                        schedules,
                        each -> each.declaration() != null && each.declaration().isOverridden());
    }

    private Parameters times(Parameters parameters) {
        List<Times> times = schedules.stream().map(StoredSchedule::times).toList();
        return parameters
                .texts(times, each -> orNull(each.pause(), Enum::name))
                .moments(times, Times::dueAt)
                .moments(times, Times::nextAt)
                .moments(times, each -> orNull(each.waiting(), Waiting::at))
                .texts(
                        times,
                        each -> orNull(
                                each.waiting(), waiting -> waiting.cause().name()));
    }

    private Parameters histories(Parameters parameters) {
        List<History> histories =
                schedules.stream().map(StoredSchedule::history).toList();
        return parameters
                .moments(histories, History::lastAt)
                .longs(histories, History::lastJob)
                .longs(histories, History::fires)
                .longs(histories, History::passedOver)
                .moments(histories, History::prunedTo);
    }

    private static <T, V> @Nullable V orNull(@Nullable T whole, Function<? super T, ? extends @Nullable V> part) {
        return whole == null ? null : part.apply(whole);
    }
}
