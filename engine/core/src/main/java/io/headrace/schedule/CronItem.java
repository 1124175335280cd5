package io.headrace.schedule;

/**
 * One item of the list in a field.
 *
 * @param text as it is written, in capitals
 * @param from of {@link Sort#RANGE} and {@link Sort#HASH}: the first value; otherwise the number that it is about
 * @param to of {@link Sort#RANGE} and {@link Sort#HASH}: the last value; of {@link Sort#NTH}: which one in the month
 * @param step of {@link Sort#RANGE}: 1 or more; of {@link Sort#HASH}: 0 for a single value
 * @param position where it starts in the expression, from 1
 */
record CronItem(Sort sort, String text, int from, int to, int step, int position) {

    enum Sort {
        /** {@code *}, {@code 5}, {@code 5-10}, each with or without a step. */
        RANGE,
        /** {@code H}, with or without a range and a step. */
        HASH,
        /** {@code L} or {@code L-3}: days before the last day of the month. */
        LAST_DAY,
        /** {@code LW}: the last day of the month that is not at a weekend. */
        LAST_WEEKDAY,
        /** {@code 15W}: the day of the month nearest to the 15th that is not at a weekend. */
        NEAREST_WEEKDAY,
        /** {@code 5#3}: the third Friday. */
        NTH,
        /** {@code 5L}: the last Friday. */
        LAST_OF_WEEKDAY
    }

    boolean is(Sort other) {
        return sort == other;
    }

    boolean isSingle() {
        return sort == Sort.RANGE && from == to;
    }

    /** Whether it is a value or a range as people count: without a star and a step. */
    boolean isPlain() {
        return sort == Sort.RANGE && text.indexOf('*') < 0 && text.indexOf('?') < 0 && text.indexOf('/') < 0;
    }

    /** The values of a range as bits; of a day of week, Sunday is bit 0 only. */
    long bits(CronField field) {
        long bits = 0;
        for (int value = from; value <= to; value += step) {
            bits |= 1L << (field == CronField.DAY_OF_WEEK ? value % 7 : value);
        }
        return bits;
    }
}
