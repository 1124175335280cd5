package io.headrace.schedule;

/** The times of a day that match, in seconds of the day. */
final class TimesOfDay {

    private static final int HOUR = 3_600;
    private static final int MINUTE = 60;

    private final long hours;
    private final long minutes;
    private final long seconds;
    private final int perHour;
    private final int perMinute;

    TimesOfDay(long hours, long minutes, long seconds) {
        this.hours = hours;
        this.minutes = minutes;
        this.seconds = seconds;
        this.perMinute = Long.bitCount(seconds);
        this.perHour = perMinute * Long.bitCount(minutes);
    }

    int first() {
        return first(hours) * HOUR + first(minutes) * MINUTE + first(seconds);
    }

    int count() {
        return Long.bitCount(hours) * perHour;
    }

    /** The first match that is not before the given time; -1 if the day has none. */
    int next(int time) {
        int hour = time / HOUR;
        int minute = time / MINUTE % 60;
        int second = time % MINUTE;
        if (has(hours, hour)) {
            if (has(minutes, minute)) {
                long left = seconds >>> second;
                if (left != 0) {
                    return time + first(left);
                }
            }
            long left = minutes >>> (minute + 1);
            if (left != 0) {
                return hour * HOUR + (minute + 1 + first(left)) * MINUTE + first(seconds);
            }
        }
        long left = hours >>> (hour + 1);
        return left == 0 ? -1 : (hour + 1 + first(left)) * HOUR + first(minutes) * MINUTE + first(seconds);
    }

    /** How many are before the given time, which may be the end of the day. */
    int before(int time) {
        int hour = time / HOUR;
        int minute = time / MINUTE % 60;
        int count = below(hours, hour) * perHour;
        if (has(hours, hour)) {
            count += below(minutes, minute) * perMinute;
            if (has(minutes, minute)) {
                count += below(seconds, time % MINUTE);
            }
        }
        return count;
    }

    private static boolean has(long bits, int index) {
        return ((bits >>> index) & 1) != 0;
    }

    private static int first(long bits) {
        return Long.numberOfTrailingZeros(bits);
    }

    private static int below(long bits, int index) {
        return Long.bitCount(bits & ((1L << index) - 1));
    }
}
