package io.headrace.benchmarks.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import io.headrace.schedule.Cron;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.TimeZone;
import java.util.function.UnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What cron-utils, Spring, Quartz and JobRunr answer where the clocks are changed, beside what Headrace does. The tables
 * of the documentation say the same: if a newer version answers otherwise, they are to be changed with this one.
 */
class CronPeersTest {

    private static final CronParser CRON_UTILS =
            new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));

    /** Each is given the time to start from, and answers the next. */
    private interface Peer {
        UnaryOperator<ZonedDateTime> of(String expression, ZoneId zone) throws Exception;
    }

    @ParameterizedTest(name = "{0} in {1} after {2}: {3}")
    @CsvSource(
            delimiter = '|',
            value = {
                // The clocks are put forward: 02:30 does not exist on that day.
                "30 2 * * *   | Europe/Berlin       | 2026-03-28T12:00 | Headrace   | 29T03:00+02:00 30T02:30+02:00",
                "30 2 * * *   | Europe/Berlin       | 2026-03-28T12:00 | cron-utils | 30T02:30+02:00 31T02:30+02:00",
                "30 2 * * *   | Europe/Berlin       | 2026-03-28T12:00 | Spring     | 30T02:30+02:00 31T02:30+02:00",
                "30 2 * * *   | Europe/Berlin       | 2026-03-28T12:00 | Quartz     | 30T02:30+02:00 31T02:30+02:00",
                "30 2 * * *   | Europe/Berlin       | 2026-03-28T12:00 | JobRunr    | 29T03:30+02:00 30T02:30+02:00",
                // 02:15 does not exist, and is every hour's run all the same.
                "15 * * * *   | Europe/Berlin       | 2026-03-29T01:00 | Headrace   | 29T01:15+01:00 29T03:00+02:00 29T03:15+02:00",
                "15 * * * *   | Europe/Berlin       | 2026-03-29T01:00 | cron-utils | 29T01:15+01:00 29T03:15+02:00 29T04:15+02:00",
                "15 * * * *   | Europe/Berlin       | 2026-03-29T01:00 | Spring     | 29T01:15+01:00 29T03:15+02:00 29T04:15+02:00",
                "15 * * * *   | Europe/Berlin       | 2026-03-29T01:00 | Quartz     | 29T01:15+01:00 29T03:15+02:00 29T04:15+02:00",
                "15 * * * *   | Europe/Berlin       | 2026-03-29T01:00 | JobRunr    | 29T01:15+01:00 29T03:15+02:00 29T04:15+02:00",
                // The clocks are put back: 02:30 occurs twice.
                "30 2 * * *   | Europe/Berlin       | 2026-10-24T12:00 | Headrace   | 25T02:30+02:00 26T02:30+01:00",
                "30 2 * * *   | Europe/Berlin       | 2026-10-24T12:00 | cron-utils | 25T02:30+02:00 26T02:30+01:00",
                "30 2 * * *   | Europe/Berlin       | 2026-10-24T12:00 | Spring     | 25T02:30+02:00 25T02:30+01:00",
                "30 2 * * *   | Europe/Berlin       | 2026-10-24T12:00 | Quartz     | 25T02:30+01:00 26T02:30+01:00",
                "30 2 * * *   | Europe/Berlin       | 2026-10-24T12:00 | JobRunr    | 25T02:30+02:00 26T02:30+01:00",
                // Every half hour, in a night with an hour more.
                "*/30 * * * * | Europe/Berlin       | 2026-10-25T02:15 | Headrace   | 25T02:30+02:00 25T02:00+01:00 25T02:30+01:00",
                "*/30 * * * * | Europe/Berlin       | 2026-10-25T02:15 | cron-utils | 25T02:30+02:00 25T02:00+01:00 25T02:30+01:00",
                "*/30 * * * * | Europe/Berlin       | 2026-10-25T02:15 | Spring     | 25T02:30+02:00 25T02:00+01:00 25T02:30+01:00",
                "*/30 * * * * | Europe/Berlin       | 2026-10-25T02:15 | JobRunr    | 25T02:30+02:00 25T03:00+01:00 25T03:30+01:00",
                "*/30 * * * * | Europe/Berlin       | 2026-10-25T01:45 | Quartz     | 25T02:00+01:00 25T02:30+01:00 25T03:00+01:00",
                // Midnight does not exist.
                "30 0 * * *   | Africa/Cairo        | 2026-04-23T12:00 | Headrace   | 24T01:00+03:00 25T00:30+03:00",
                "30 0 * * *   | Africa/Cairo        | 2026-04-23T12:00 | cron-utils | 25T00:30+03:00 26T00:30+03:00",
                "30 0 * * *   | Africa/Cairo        | 2026-04-23T12:00 | Spring     | 25T00:30+03:00 26T00:30+03:00",
                "30 0 * * *   | Africa/Cairo        | 2026-04-23T12:00 | Quartz     | 25T00:30+03:00 26T00:30+03:00",
                "30 0 * * *   | Africa/Cairo        | 2026-04-23T12:00 | JobRunr    | 24T01:30+03:00 25T00:30+03:00",
                // Half an hour forward, and half an hour back.
                "15 2 * * *   | Australia/Lord_Howe | 2026-10-03T12:00 | Headrace   | 4T02:30+11:00 5T02:15+11:00",
                "15 2 * * *   | Australia/Lord_Howe | 2026-10-03T12:00 | cron-utils | 5T02:15+11:00 6T02:15+11:00",
                "15 2 * * *   | Australia/Lord_Howe | 2026-10-03T12:00 | Spring     | 5T02:15+11:00 6T02:15+11:00",
                "15 2 * * *   | Australia/Lord_Howe | 2026-10-03T12:00 | Quartz     | 5T02:15+11:00 6T02:15+11:00",
                "15 2 * * *   | Australia/Lord_Howe | 2026-10-03T12:00 | JobRunr    | 4T02:45+11:00 5T02:15+11:00",
                "*/15 * * * * | Australia/Lord_Howe | 2026-04-05T01:35 | Headrace   | 5T01:45+11:00 5T01:30+10:30 5T01:45+10:30",
                "*/15 * * * * | Australia/Lord_Howe | 2026-04-05T01:35 | cron-utils | 5T01:45+11:00 5T01:30+10:30 5T01:45+10:30",
                "*/15 * * * * | Australia/Lord_Howe | 2026-04-05T01:35 | Spring     | 5T01:45+11:00 5T02:00+10:30 5T02:15+10:30",
                "*/15 * * * * | Australia/Lord_Howe | 2026-04-05T01:20 | Quartz     | 5T01:30+10:30 5T01:45+10:30 5T02:00+10:30",
                "*/15 * * * * | Australia/Lord_Howe | 2026-04-05T01:35 | JobRunr    | 5T01:45+11:00 5T02:00+10:30 5T02:15+10:30",
            })
    void answers(String expression, String zoneId, String after, String name, String expected) throws Exception {
        ZoneId zone = ZoneId.of(zoneId);
        UnaryOperator<ZonedDateTime> next = peer(name).of(expression, zone);
        List<String> answers = new ArrayList<>();
        ZonedDateTime at = LocalDateTime.parse(after).atZone(zone);
        for (int i = expected.split(" ").length; i > 0; i--) {
            at = next.apply(at);
            answers.add(at.getDayOfMonth() + "T" + at.toLocalTime() + at.getOffset());
        }
        assertThat(String.join(" ", answers)).isEqualTo(expected);
    }

    private static Peer peer(String name) {
        return switch (name) {
            case "cron-utils" ->
                (expression, zone) -> {
                    ExecutionTime time = ExecutionTime.forCron(CRON_UTILS.parse(expression));
                    return at -> time.nextExecution(at).orElseThrow();
                };
            case "Spring" ->
                (expression, zone) ->
                        org.springframework.scheduling.support.CronExpression.parse("0 " + expression)::next;
            case "Quartz" -> CronPeersTest::quartz;
            case "JobRunr" ->
                (expression, zone) -> {
                    var cron = new org.jobrunr.scheduling.cron.CronExpression(expression);
                    return at -> cron.next(at.toInstant(), at.toInstant(), zone).atZone(zone);
                };
            default -> (expression, zone) -> Cron.of(expression, zone)::next;
        };
    }

    /** Quartz wants a question mark for one of the days. */
    private static UnaryOperator<ZonedDateTime> quartz(String expression, ZoneId zone) throws Exception {
        var cron = new org.quartz.CronExpression("0 " + expression.substring(0, expression.length() - 1) + "?");
        cron.setTimeZone(TimeZone.getTimeZone(zone));
        return at -> {
            Instant next = cron.getNextValidTimeAfter(Date.from(at.toInstant())).toInstant();
            return next.atZone(zone);
        };
    }
}
