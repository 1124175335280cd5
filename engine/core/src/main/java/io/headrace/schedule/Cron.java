package io.headrace.schedule;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A cron expression in a time zone. Immutable and thread-safe.
 *
 * <p>An expression has five fields, or six with the seconds first:
 *
 * <table>
 * <caption>Fields</caption>
 * <tr><th>field</th><th>values</th><th>also</th></tr>
 * <tr><td>second (0 if left out)</td><td>0–59</td><td></td></tr>
 * <tr><td>minute</td><td>0–59</td><td></td></tr>
 * <tr><td>hour</td><td>0–23</td><td></td></tr>
 * <tr><td>day of month</td><td>1–31</td><td>{@code ?}, {@code L}, {@code L-3}, {@code LW}, {@code 15W}</td></tr>
 * <tr><td>month</td><td>1–12, JAN–DEC</td><td></td></tr>
 * <tr><td>day of week</td><td>0–7, SUN–SAT; 0 and 7 are Sunday</td><td>{@code ?}, {@code 5#3}, {@code 5L}</td></tr>
 * </table>
 *
 * <table>
 * <caption>Values of a field</caption>
 * <tr><th>item</th><th>meaning</th></tr>
 * <tr><td>{@code *}</td><td>every value</td></tr>
 * <tr><td>{@code ?}</td><td>the same; days only</td></tr>
 * <tr><td>{@code 5}, {@code MON}</td><td>this value; names in any case</td></tr>
 * <tr><td>{@code 1-5}, {@code FRI-SUN}</td><td>from the first to the last, which must not be less</td></tr>
 * <tr><td>{@code *}{@code /15}</td><td>every 15th value, starting with the least</td></tr>
 * <tr><td>{@code 10-40/15}, {@code 10/15}</td><td>every 15th from 10 to 40, or from 10 to the largest</td></tr>
 * <tr><td>{@code 1,15,20-25}</td><td>any of these; at most 100 items</td></tr>
 * <tr><td>{@code L}, {@code L-3}</td><td>the last day of the month, three days before it</td></tr>
 * <tr><td>{@code LW}</td><td>the last weekday (Monday to Friday) of the month</td></tr>
 * <tr><td>{@code 15W}</td><td>the weekday of the month that is nearest to the 15th</td></tr>
 * <tr><td>{@code 5#3}, {@code FRI#3}</td><td>the third Friday of the month</td></tr>
 * <tr><td>{@code 5L}, {@code FRIL}</td><td>the last Friday of the month</td></tr>
 * <tr><td>{@code H}, {@code H(0-29)}</td><td>a value that depends on the name of the schedule (of the days of the
 *     month, 1 to 28), so that schedules do not all fire at once</td></tr>
 * <tr><td>{@code H/15}, {@code H(0-29)/10}</td><td>every 15th, starting with a value that depends on the name</td></tr>
 * </table>
 *
 * <p>{@code @yearly} (or {@code @annually}), {@code @monthly}, {@code @weekly}, {@code @daily} (or {@code @midnight}) and
 * {@code @hourly} stand for the first moment of the year, month, week (Sunday), day and hour.
 *
 * <p><b>Day fields.</b> As in Vixie's cron, a day must match one of the two day fields if both are restricted, and both
 * if one of them starts with {@code *} or {@code ?}: {@code 0 0 13 * FRI} is every 13th and every Friday;
 * {@code 0 0 *}{@code /2 * MON} is every Monday with an odd day of the month.
 *
 * <p><b>Daylight saving.</b> A local time that is skipped, because the clocks are put forward, fires at the first
 * instant after the gap. All that fall into the same gap fire once. A local time that occurs twice, because the clocks
 * are put back, fires at its first occurrence only. If the hour field has a {@code *} or a step ({@code /}), it fires at
 * both.
 */
public final class Cron implements Timetable {

    private final CronFields fields;
    private final @Nullable CronFieldItems hashed;
    private final ZoneId zone;
    private final ZonedTimes times;

    private Cron(String expression, ZoneId zone) {
        this.fields = CronReader.read(expression);
        this.hashed = fields.hashed();
        this.zone = zone;
        LocalTimes local = new LocalTimes(fields);
        this.times = new ZonedTimes(
                local, zone.getRules(), fields.get(CronField.HOUR).hasStarOrStep());
        if (hashed == null && !local.occurs()) {
            CronFieldItems days = fields.get(CronField.DAY_OF_MONTH);
            throw new InvalidCronException(
                    expression,
                    days.field().label(),
                    days.items().get(0).position(),
                    "never fires, since no such day is in its months");
        }
    }

    /**
     * Reads an expression whose times are in UTC.
     *
     * @throws InvalidCronException if the expression is invalid or never fires
     */
    public static Cron of(String expression) {
        return new Cron(expression, ZoneOffset.UTC);
    }

    /**
     * Reads an expression whose times are in the given zone.
     *
     * @throws InvalidCronException if the expression is invalid or never fires
     */
    public static Cron of(String expression, ZoneId zone) {
        return new Cron(expression, CronZone.check(expression, zone));
    }

    /**
     * Reads an expression whose times are in the given zone.
     *
     * @param zone such as {@code Europe/Berlin}, {@code UTC} or {@code +02:00}
     * @throws InvalidCronException if the expression is invalid or never fires, or if the zone is unknown
     */
    public static Cron of(String expression, String zone) {
        return new Cron(expression, CronZone.read(expression, zone));
    }

    /** The expression: in capitals, with single spaces. */
    public String expression() {
        return fields.text();
    }

    @Override
    public ZoneId zone() {
        return zone;
    }

    @Override
    public Optional<Instant> next(Instant after) {
        long next = resolved().next(Bounds.second(after));
        return next == ZonedTimes.NONE ? Optional.empty() : Optional.of(Instant.ofEpochSecond(next));
    }

    /**
     * Like {@link #next(Instant)}, in the zone of this cron.
     *
     * @throws InvalidCronException if this has an {@code H} that is not {@link #named(String)}
     * @throws DateTimeException if there is none before the end of the year 9999
     */
    public ZonedDateTime next(ZonedDateTime after) {
        return next(after.toInstant())
                .orElseThrow(() -> new DateTimeException("a cron ends with the year 9999"))
                .atZone(zone);
    }

    /**
     * The next {@code n} occurrences after the given time, and what changes of the clocks did to them.
     *
     * @throws InvalidCronException if this has an {@code H} that is not {@link #named(String)}
     * @throws IllegalArgumentException if {@code n} is negative
     */
    public List<Occurrence> preview(int n, ZonedDateTime after) {
        List<Occurrence> occurrences = new ArrayList<>();
        long at = Bounds.second(after.toInstant());
        for (int i = Latest.check(n); i > 0; i--) {
            at = resolved().next(at);
            if (at == ZonedTimes.NONE) {
                break;
            }
            occurrences.add(occurrence(at));
        }
        return occurrences;
    }

    @Override
    public long count(Instant after, Instant until) {
        return resolved().count(Bounds.second(after), Bounds.second(until));
    }

    @Override
    public List<Instant> latest(int n, Instant after, Instant until) {
        List<Instant> latest = new ArrayList<>();
        long to = Bounds.second(until);
        long at = Latest.start(Latest.check(n), Bounds.second(after), to, resolved()::count);
        for (at = resolved().next(at); at <= to; at = resolved().next(at)) {
            latest.add(Instant.ofEpochSecond(at));
        }
        return latest;
    }

    @Override
    public String describe() {
        return CronWords.of(fields) + ", " + (zone.equals(ZoneOffset.UTC) ? "UTC" : zone.getId() + " time");
    }

    @Override
    public String text() {
        return TimetableText.CRON + expression();
    }

    @Override
    public Cron named(String schedule) {
        Objects.requireNonNull(schedule, "schedule");
        return hashed == null ? this : new Cron(fields.named(schedule), zone);
    }

    @Override
    public Cron from(Instant start) {
        return this;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Cron cron && expression().equals(cron.expression()) && zone.equals(cron.zone);
    }

    @Override
    public int hashCode() {
        return Objects.hash(expression(), zone);
    }

    @Override
    public String toString() {
        return text() + " " + zone;
    }

    private ZonedTimes resolved() {
        if (hashed != null) {
            throw new InvalidCronException(
                    expression(),
                    hashed.field().label(),
                    hashed.hashPosition(),
                    "H needs the name of a schedule; call named(String) first");
        }
        return times;
    }

    private Occurrence occurrence(long second) {
        ZonedDateTime at = Instant.ofEpochSecond(second).atZone(zone);
        Span span = times.span(second);
        if (second == span.start() && times.movedHere(span)) {
            LocalDateTime missing = LocalDateTime.ofEpochSecond(times.firstMissing(span), 0, ZoneOffset.UTC);
            return new Occurrence(at, missing, Occurrence.Shift.GAP);
        }
        boolean again = span.startsWithOverlap() && second + span.offset() < span.unmoved();
        return new Occurrence(at, at.toLocalDateTime(), again ? Occurrence.Shift.REPEATED_HOUR : Occurrence.Shift.NONE);
    }
}
