package io.headrace.benchmarks.oracle;

import io.headrace.benchmarks.report.Metric;
import io.headrace.schedule.Cron;
import io.headrace.schedule.InvalidCronException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.LongAdder;

/** Draws expressions, and compares when they fire with a scan. Its counts may be read by other threads. */
final class OracleRun {

    private static final long FROM = Instant.parse("1880-01-01T00:00:00Z").getEpochSecond();
    private static final long TO = Instant.parse("2100-01-01T00:00:00Z").getEpochSecond();
    private static final int HOUR = 3_600;
    /** Windows around a change of the clocks, and elsewhere. */
    private static final int CHANGES = 3;

    private static final int ELSEWHERE = 2;
    /** So often a window is drawn anew if the expression has nothing on its day. */
    private static final int TRIES = 40;

    private final Random random;
    private final List<String> zones =
            ZoneId.getAvailableZoneIds().stream().sorted().toList();

    private final LongAdder expressions = new LongAdder();
    private final LongAdder instants = new LongAdder();
    private final LongAdder fires = new LongAdder();
    private final LongAdder differences = new LongAdder();

    OracleRun(Random random) {
        this.random = random;
    }

    long expressions() {
        return expressions.sum();
    }

    long instants() {
        return instants.sum();
    }

    long differences() {
        return differences.sum();
    }

    Map<String, Metric> metrics() {
        Map<String, Metric> metrics = new LinkedHashMap<>();
        metrics.put("expressions", Metric.of(expressions.sum(), "expressions"));
        metrics.put("instants_checked", Metric.of(instants.sum(), "instants"));
        metrics.put("fires_compared", Metric.of(fires.sum(), "fires"));
        metrics.put("differences", Metric.of(differences.sum(), "differences"));
        return metrics;
    }

    /** Checks one more expression; says what is different first, if anything is. */
    Optional<String> next() {
        ZoneId zone = ZoneId.of(zones.get(random.nextInt(zones.size())));
        DrawnCron drawn = DrawnCron.draw(random);
        expressions.increment();
        Cron cron;
        try {
            cron = Cron.of(drawn.text(), zone);
        } catch (InvalidCronException e) {
            return refused(drawn, e);
        }
        Optional<String> difference = Optional.empty();
        for (long[] window : windows(drawn, zone.getRules())) {
            Optional<String> found = compare(cron, drawn, window[0], window[1]);
            difference = difference.isPresent() ? difference : found;
        }
        return difference;
    }

    /** Rightly, if no day of thirty years matches. */
    private Optional<String> refused(DrawnCron drawn, InvalidCronException refusal) {
        LocalDate start = LocalDate.of(2000, 1, 1);
        instants.add(30 * 365);
        boolean rightly = start.datesUntil(start.plusYears(30)).noneMatch(drawn::matches);
        differences.add(rightly ? 0 : 1);
        return rightly ? Optional.empty() : Optional.of(refusal.toString());
    }

    private List<long[]> windows(DrawnCron drawn, ZoneRules rules) {
        List<Long> changes = new ArrayList<>();
        ZoneOffsetTransition change = rules.nextTransition(Instant.ofEpochSecond(FROM));
        while (change != null && change.toEpochSecond() < TO) {
            changes.add(change.toEpochSecond());
            change = rules.nextTransition(change.getInstant());
        }
        List<long[]> windows = new ArrayList<>();
        for (int i = 0; i < CHANGES && !changes.isEmpty(); i++) {
            long at = likely(drawn, () -> changes.get(random.nextInt(changes.size())));
            windows.add(new long[] {at - 3 * HOUR, at + 3 * HOUR});
        }
        for (int i = 0; i < ELSEWHERE; i++) {
            long at = likely(drawn, () -> FROM + (long) (random.nextDouble() * (TO - FROM)));
            windows.add(new long[] {at, at + HOUR});
        }
        return windows;
    }

    private static long likely(DrawnCron drawn, Draw draw) {
        long at = draw.at();
        for (int i = 0; i < TRIES; i++) {
            LocalDate date = Instant.ofEpochSecond(at).atOffset(ZoneOffset.UTC).toLocalDate();
            if (drawn.matches(date)) {
                return at;
            }
            at = draw.at();
        }
        return at;
    }

    private interface Draw {
        long at();
    }

    private Optional<String> compare(Cron cron, DrawnCron drawn, long start, long end) {
        List<Long> expected = new SecondScan(cron.zone().getRules(), drawn).fires(start, end);
        List<Long> found = new ArrayList<>();
        Instant before = Instant.ofEpochSecond(start - 1);
        Optional<Instant> next = cron.next(before);
        while (next.isPresent() && next.get().getEpochSecond() < end) {
            found.add(next.get().getEpochSecond());
            next = cron.next(next.get());
        }
        instants.add(end - start);
        fires.add(expected.size());
        boolean counted = cron.count(before, Instant.ofEpochSecond(end - 1)) == expected.size();
        if (found.equals(expected) && counted) {
            return Optional.empty();
        }
        List<Long> onlyFound = new ArrayList<>(found);
        onlyFound.removeAll(expected);
        List<Long> onlyExpected = new ArrayList<>(expected);
        onlyExpected.removeAll(found);
        differences.add(Math.max(1, onlyFound.size() + onlyExpected.size()));
        return Optional.of(cron + " after " + before + ": fires too much " + seconds(onlyFound) + ", misses "
                + seconds(onlyExpected) + (counted ? "" : ", counts wrongly"));
    }

    private static List<Instant> seconds(List<Long> seconds) {
        return seconds.stream().limit(3).map(Instant::ofEpochSecond).toList();
    }
}
