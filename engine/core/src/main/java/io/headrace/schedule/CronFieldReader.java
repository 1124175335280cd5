package io.headrace.schedule;

import io.headrace.schedule.CronItem.Sort;
import java.util.ArrayList;
import java.util.List;

/** Reads one field, item by item. Every number is checked before it is used. */
final class CronFieldReader {

    private static final int ITEMS = 100;
    private static final int DIGITS = 2;
    private static final String VALUE = "the value";

    private final String expression;
    private final CronField field;
    private final String word;
    private final int start;

    /** Where the current item starts and ends in the word. */
    private int from;

    private int to;
    /** What is read next, up to {@link #to}. */
    private int at;

    /**
     * @param word the field in capitals
     * @param start where it starts in the expression, from 0
     */
    CronFieldReader(String expression, CronField field, String word, int start) {
        this.expression = expression;
        this.field = field;
        this.word = word;
        this.start = start;
    }

    List<CronItem> items() {
        if (word.equals("?") && field.isDay()) {
            to = 1;
            return List.of(item(Sort.RANGE, field.least(), field.most(), 1));
        }
        List<CronItem> items = new ArrayList<>();
        for (from = 0; from <= word.length(); from = to + 1) {
            int comma = word.indexOf(',', from);
            to = comma < 0 ? word.length() : comma;
            at = from;
            if (items.size() == ITEMS) {
                throw refuse(from, "has more than " + ITEMS + " items");
            }
            if (from == to) {
                throw refuse(from, "an item of the list is empty");
            }
            items.add(item());
        }
        return List.copyOf(items);
    }

    private CronItem item() {
        CronItem item = next() == 'H' ? hash() : field.isDay() ? day() : range();
        if (at < to) {
            throw refuse(
                    at,
                    "'" + CleanText.of(word.substring(at, to)) + "' is not expected after '" + word.substring(from, at)
                            + "'");
        }
        return item;
    }

    private CronItem day() {
        if (next() == 'L') {
            return last();
        }
        if (!isDigit(next()) && !isName()) {
            return range();
        }
        int before = at;
        int value = value();
        if (field == CronField.DAY_OF_MONTH && take('W')) {
            return item(Sort.NEAREST_WEEKDAY, value, value, 1);
        }
        if (field == CronField.DAY_OF_WEEK && take('L')) {
            return item(Sort.LAST_OF_WEEKDAY, value % 7, value % 7, 1);
        }
        if (field == CronField.DAY_OF_WEEK && take('#')) {
            return item(Sort.NTH, value % 7, number("the number after #", 1, 5), 1);
        }
        at = before;
        return range();
    }

    private CronItem last() {
        if (field == CronField.DAY_OF_WEEK) {
            throw refuse(at, "L needs a day, as in 5L or FRIL for the last Friday; for Saturdays write 6");
        }
        at++;
        if (take('W')) {
            return item(Sort.LAST_WEEKDAY, 0, 0, 1);
        }
        int days = take('-') ? number("the number of days before the last", 1, 30) : 0;
        return item(Sort.LAST_DAY, days, days, 1);
    }

    private CronItem hash() {
        at++;
        int first = field.least();
        int last = field == CronField.DAY_OF_MONTH ? 28 : field.most();
        if (take('(')) {
            int position = at;
            first = value();
            expect('-');
            last = end(first);
            if (first > last) {
                throw refuse(position, "the range descends; write the smaller value first");
            }
            expect(')');
        }
        return item(Sort.HASH, first, last, take('/') ? step(last - first + 1) : 0);
    }

    private CronItem range() {
        int position = at;
        if (take('*')) {
            return item(Sort.RANGE, field.least(), field.most(), take('/') ? step(field.size()) : 1);
        }
        int first = value();
        if (take('-')) {
            int last = end(first);
            checkAscending(position, first, last);
            return item(Sort.RANGE, first, last, take('/') ? step(field.size()) : 1);
        }
        if (take('/')) {
            // Sunday is the first day of a week, however it is written.
            return item(Sort.RANGE, first > field.most() ? field.least() : first, field.most(), step(field.size()));
        }
        return item(Sort.RANGE, first, first, 1);
    }

    /** The end of a range. Sunday ends a week as well as it starts one. */
    private int end(int first) {
        boolean named = isName();
        int last = value();
        return named && field == CronField.DAY_OF_WEEK && last == 0 && first > 0 ? CronField.SUNDAY_TOO : last;
    }

    private void checkAscending(int position, int first, int last) {
        if (first > last) {
            throw refuse(position, "the range descends; write " + field.ascending(first, last));
        }
    }

    private int step(int most) {
        return number("the step", 1, most);
    }

    private int value() {
        if (isName() && field.hasNames()) {
            String name = name();
            int value = field.valueNamed(name);
            if (value < 0) {
                throw refuse(at, "the name '" + CleanText.of(name) + "' is not allowed, only " + field.allowed());
            }
            at += name.length();
            return value;
        }
        return number(VALUE, field.least(), field.mostWritten());
    }

    /** All letters, but not the {@code L} of {@code FRIL}. */
    private String name() {
        int end = at;
        while (end < to && word.charAt(end) >= 'A' && word.charAt(end) <= 'Z') {
            end++;
        }
        boolean last = end - at == CronField.LETTERS + 1 && word.charAt(end - 1) == 'L';
        return word.substring(at, last ? end - 1 : end);
    }

    private int number(String what, int least, int most) {
        int first = at;
        while (at < to && isDigit(next())) {
            at++;
        }
        if (first == to) {
            throw refuse(first, what + " is missing, allowed are " + allowed(what, least, most));
        }
        boolean sound = at > first && at - first <= DIGITS;
        int number = sound ? Integer.parseInt(word.substring(first, at)) : 0;
        if (!sound || number < least || number > most) {
            String found = at > first ? word.substring(first, at) : word.substring(first, to);
            throw refuse(
                    first, what + " '" + CleanText.of(found) + "' is not allowed, only " + allowed(what, least, most));
        }
        return number;
    }

    private String allowed(String what, int least, int most) {
        return what.equals(VALUE) ? field.allowed() : least + " to " + most;
    }

    private CronItem item(Sort sort, int first, int last, int step) {
        return new CronItem(sort, word.substring(from, to), first, last, step, start + from + 1);
    }

    private void expect(char c) {
        if (!take(c)) {
            throw refuse(at, "expected '" + c + "'");
        }
    }

    private boolean take(char c) {
        if (next() == c) {
            at++;
            return true;
        }
        return false;
    }

    private char next() {
        return at < to ? word.charAt(at) : ' ';
    }

    private boolean isName() {
        return next() >= 'A' && next() <= 'Z';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private InvalidCronException refuse(int index, String reason) {
        return new InvalidCronException(expression, field.label(), start + index + 1, reason);
    }
}
