package io.headrace.schedule;

/** The days of a month that match, for each of the 28 shapes of a month: 28 to 31 days, starting on any weekday. */
final class CronDays {

    private static final int SHORTEST_MONTH = 28;
    private static final int SUNDAY = 0;
    private static final int SATURDAY = 6;
    /** A bit a week, for five weeks. */
    private static final long WEEKLY = 1L | (1L << 7) | (1L << 14) | (1L << 21) | (1L << 28);

    private final CronFieldItems ofMonth;
    private final CronFieldItems ofWeek;
    private final int[] masks = new int[4 * 7];

    CronDays(CronFieldItems ofMonth, CronFieldItems ofWeek) {
        this.ofMonth = ofMonth;
        this.ofWeek = ofWeek;
        for (int i = 0; i < masks.length; i++) {
            masks[i] = compute(SHORTEST_MONTH + i / 7, i % 7);
        }
    }

    /**
     * The days that match, as bits 1 to 31.
     *
     * @param length days of the month
     * @param first the day of week of its first day, 0 for Sunday
     */
    int mask(int length, int first) {
        return masks[(length - SHORTEST_MONTH) * 7 + first];
    }

    private int compute(int length, int first) {
        int all = (int) ((1L << (length + 1)) - 2);
        int month = ofMonth(length, first) & all;
        int week = ofWeek(length, first) & all;
        boolean either = !ofMonth.startsWithStar() && !ofWeek.startsWithStar();
        return either ? month | week : month & week;
    }

    private int ofMonth(int length, int first) {
        long days = ofMonth.bits();
        for (CronItem item : ofMonth.items()) {
            days |= switch (item.sort()) {
                case LAST_DAY -> item.from() < length ? 1L << (length - item.from()) : 0;
                case LAST_WEEKDAY -> 1L << weekday(length, length, first);
                case NEAREST_WEEKDAY -> item.from() <= length ? 1L << weekday(item.from(), length, first) : 0;
                default -> 0;
            };
        }
        return (int) days;
    }

    private int ofWeek(int length, int first) {
        long week = ofWeek.bits();
        long turned = ((week >>> first) | (week << (7 - first))) & 0x7f;
        long days = (turned * WEEKLY) << 1;
        for (CronItem item : ofWeek.items()) {
            int earliest = 1 + Math.floorMod(item.from() - first, 7);
            days |= switch (item.sort()) {
                case NTH -> 1L << (earliest + 7 * (item.to() - 1));
                case LAST_OF_WEEKDAY -> 1L << (earliest + 7 * ((length - earliest) / 7));
                default -> 0;
            };
        }
        return (int) days;
    }

    /** The day itself or, at a weekend, the nearest weekday of the same month. */
    private static int weekday(int day, int length, int first) {
        return switch ((first + day - 1) % 7) {
            case SATURDAY -> day > 1 ? day - 1 : day + 2;
            case SUNDAY -> day < length ? day + 1 : day - 2;
            default -> day;
        };
    }
}
