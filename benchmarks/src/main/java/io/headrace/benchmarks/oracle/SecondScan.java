package io.headrace.benchmarks.oracle;

import java.time.Instant;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.List;

/**
 * Looks at every second, and asks the zone for nothing but offsets. A local time that was not later than one before is
 * there again; local times that were skipped are found by counting.
 */
final class SecondScan {

    private static final long DAY = 86_400;
    /** No clock has been moved by more than a day. What happened so long before is looked at for local times only. */
    private static final long BEFORE = 2 * DAY;
    /** How often the offset is read while nothing changes. */
    private static final long STRIDE = 600;

    private final ZoneRules rules;
    private final DrawnCron cron;
    private final List<Long> fires = new ArrayList<>();

    SecondScan(ZoneRules rules, DrawnCron cron) {
        this.rules = rules;
        this.cron = cron;
    }

    /** When it fires from the start to before the end, in order. */
    List<Long> fires(long start, long end) {
        long latestLocal = Long.MIN_VALUE;
        for (long from = start - BEFORE; from < end; ) {
            int offset = offset(from);
            long to = unchanged(from, Math.min(end, from < start ? Math.min(start, from + STRIDE) : from + STRIDE));
            if (from >= start) {
                stretch(from, to, offset, latestLocal);
            }
            latestLocal = Math.max(latestLocal, to - 1 + offset);
            from = to;
        }
        return fires;
    }

    /** The second of the first change of the offset, or the end. */
    private long unchanged(long from, long end) {
        int offset = offset(from);
        if (offset(end) == offset) {
            return end;
        }
        long second = from + 1;
        while (offset(second) == offset) {
            second++;
        }
        return second;
    }

    private void stretch(long from, long to, int offset, long latestLocal) {
        boolean skipped = false;
        for (long local = latestLocal + 1; local < from + offset; local++) {
            skipped |= cron.matches(local);
        }
        for (long second = from; second < to; second++) {
            boolean again = second + offset <= latestLocal;
            boolean matches = cron.matches(second + offset) && (!again || cron.everyRealHour());
            if (matches || (skipped && second == from)) {
                fires.add(second);
            }
        }
    }

    private int offset(long second) {
        return rules.getOffset(Instant.ofEpochSecond(second)).getTotalSeconds();
    }
}
