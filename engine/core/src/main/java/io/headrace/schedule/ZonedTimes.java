package io.headrace.schedule;

import java.time.zone.ZoneRules;

/**
 * The seconds at which local times occur in a zone.
 *
 * <p>The search goes from {@link Span} to span. A match in a gap is moved to the first second after it, where all
 * matches of the gap are one. A match in an overlap counts in the first of the two spans, and in the second only if
 * every real one counts.
 */
final class ZonedTimes {

    /** Returned if nothing follows. */
    static final long NONE = Long.MAX_VALUE;

    private static final long DAY = 86_400;

    private final LocalTimes times;
    private final ZoneRules rules;
    private final boolean everyReal;
    /** The span that was looked at last. A race does no harm: a span is immutable, and any is as good as another. */
    private Span recent;

    /** @param everyReal whether a doubled local time counts both times */
    ZonedTimes(LocalTimes times, ZoneRules rules, boolean everyReal) {
        this.times = times;
        this.rules = rules;
        this.everyReal = everyReal;
        this.recent = Span.of(rules, 0);
    }

    /** The first after the given second. */
    long next(long after) {
        Span span = span(after);
        long from = after + 1;
        while (true) {
            long local = times.next(firstLocal(span, from));
            long at = local - span.offset();
            if (at > Bounds.LAST) {
                return NONE;
            }
            if (at < span.end()) {
                return at;
            }
            boolean far = at - span.end() > 3 * DAY && span.end() - from > DAY;
            long start = span.end();
            span = span(start);
            if (span.startsAfterGap() && local < span.moved()) {
                return start;
            }
            from = start;
            if (far && at - 2 * DAY >= span.end()) {
                from = at - 2 * DAY;
                span = span(from);
            }
        }
    }

    /** How many there are after a second, up to another. */
    long count(long after, long until) {
        if (until <= after) {
            return 0;
        }
        Span span = span(after);
        long from = after + 1;
        long count = 0;
        while (true) {
            count += times.count(firstLocal(span, from), Math.min(until, span.end() - 1) + span.offset());
            if (until < span.end()) {
                return count;
            }
            from = span.end();
            span = span(from);
            if (movedHere(span)) {
                count++;
            }
        }
    }

    /** Whether the start of a span is one only because of the gap before it. */
    boolean movedHere(Span span) {
        return span.startsAfterGap() && !times.matches(span.moved()) && firstMissing(span) < span.moved();
    }

    /** The first match from the start of the gap before a span. */
    long firstMissing(Span span) {
        return times.next(span.unmoved());
    }

    Span span(long second) {
        Span span = recent;
        if (!span.contains(second)) {
            span = Span.of(rules, second);
            recent = span;
        }
        return span;
    }

    /** The local time from which to search the span. */
    private long firstLocal(Span span, long from) {
        long local = Math.max(from, span.start()) + span.offset();
        return span.startsWithOverlap() && !everyReal ? Math.max(local, span.unmoved()) : local;
    }
}
