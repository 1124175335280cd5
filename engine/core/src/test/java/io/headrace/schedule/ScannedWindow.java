package io.headrace.schedule;

import java.time.Instant;
import java.time.LocalDate;
import java.time.zone.ZoneRules;
import java.util.Arrays;

/**
 * A stretch of time in a zone, of which every minute was looked at: which local minute it is, and by that, which local
 * minutes occur once, twice or never. All it asks the zone is for the offset at an instant.
 */
final class ScannedWindow {

    private static final long MINUTE = 60;
    private static final long DAY = 86_400;
    /** So much is scanned on either side, so that what begins or ends outside is known. */
    private static final long MARGIN = 2 * DAY;

    private final long start;
    private final long end;
    private final long firstDay;
    private final int days;
    /** By minute from the first local day: its seconds of the epoch, 0 for none. */
    private final long[] first;

    private final long[] second;
    private final long[] afterGap;

    ScannedWindow(ZoneRules rules, long start, long end) {
        this.start = start;
        this.end = end;
        this.firstDay = Math.floorDiv(start, DAY) - 5;
        this.days = (int) (Math.floorDiv(end, DAY) + 5 - firstDay);
        this.first = new long[days * 1_440];
        this.second = new long[days * 1_440];
        this.afterGap = new long[days * 1_440];
        scan(rules);
    }

    long start() {
        return start;
    }

    long end() {
        return end;
    }

    private void scan(ZoneRules rules) {
        long at = start - MARGIN;
        int offset = offset(rules, at);
        while (at < end + MARGIN) {
            long local = at + offset;
            if (Math.floorMod(local, MINUTE) == 0) {
                int index = index(local);
                if (first[index] == 0) {
                    first[index] = at;
                } else {
                    second[index] = at;
                }
            }
            long step = MINUTE - Math.floorMod(local, MINUTE);
            int next = offset(rules, at + step);
            if (next != offset) {
                long change = at + 1;
                while (offset(rules, change) == offset) {
                    change++;
                }
                next = offset(rules, change);
                missing(change + offset, change + next, change);
                step = change - at;
            }
            at += step;
            offset = next;
        }
    }

    private void missing(long from, long to, long change) {
        for (long local = from; local < to; local++) {
            if (Math.floorMod(local, MINUTE) == 0) {
                afterGap[index(local)] = change;
            }
        }
    }

    private int index(long local) {
        return (int) (Math.floorDiv(local, MINUTE) - firstDay * 1_440);
    }

    private static int offset(ZoneRules rules, long second) {
        return rules.getOffset(Instant.ofEpochSecond(second)).getTotalSeconds();
    }

    /** When the expression fires from the start to before the end, in order. */
    long[] fires(RandomCron cron) {
        long[] fires = new long[64];
        int count = 0;
        for (int day = 0; day < days; day++) {
            if (cron.matches(LocalDate.ofEpochDay(firstDay + day))) {
                for (int minute : cron.minutesOfDay()) {
                    int index = day * 1_440 + minute;
                    fires = count + 3 > fires.length ? Arrays.copyOf(fires, 2 * fires.length) : fires;
                    fires[count++] = first[index];
                    fires[count++] = afterGap[index];
                    fires[count] = second[index];
                    count += cron.everyRealHour() ? 1 : 0;
                }
            }
        }
        return Arrays.stream(fires, 0, count)
                .filter(fire -> fire != 0 && fire >= start && fire < end)
                .sorted()
                .distinct()
                .toArray();
    }
}
