package io.headrace.schedule;

import java.time.Instant;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;

/**
 * A stretch of time in which a zone keeps its offset.
 *
 * @param start its first second
 * @param end the second after its last
 * @param offset of local time, in seconds
 * @param before the offset before the start
 */
record Span(long start, long end, int offset, int before) {

    static Span of(ZoneRules rules, long second) {
        Instant instant = Instant.ofEpochSecond(second);
        if (rules.isFixedOffset()) {
            int offset = rules.getOffset(instant).getTotalSeconds();
            return new Span(Long.MIN_VALUE, Long.MAX_VALUE, offset, offset);
        }
        ZoneOffsetTransition previous = rules.previousTransition(instant.plusSeconds(1));
        ZoneOffsetTransition next = rules.nextTransition(instant);
        int offset = rules.getOffset(instant).getTotalSeconds();
        return new Span(
                previous == null ? Long.MIN_VALUE : previous.toEpochSecond(),
                next == null ? Long.MAX_VALUE : next.toEpochSecond(),
                offset,
                previous == null ? offset : previous.getOffsetBefore().getTotalSeconds());
    }

    boolean contains(long second) {
        return second >= start && second < end;
    }

    /** Whether it starts with local times that the span before had as well. */
    boolean startsWithOverlap() {
        return offset < before;
    }

    /** Whether local times before its start are missing. */
    boolean startsAfterGap() {
        return offset > before;
    }

    /** What the clock would have shown at the start if it had not been moved. */
    long unmoved() {
        return start + before;
    }

    /** The local time at the start. */
    long moved() {
        return start + offset;
    }
}
