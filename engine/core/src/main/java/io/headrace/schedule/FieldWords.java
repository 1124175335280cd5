package io.headrace.schedule;

import java.time.DayOfWeek;
import java.time.Month;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Says in words what a field asks for. */
final class FieldWords {

    private static final List<String> ORDINALS = List.of("first", "second", "third", "fourth", "fifth");
    private static final int TEENS_FROM = 11;
    private static final int TEENS_TO = 13;

    private final CronFieldItems field;
    /** {@code minute}, {@code day}…; empty for what has names. */
    private final String unit;

    FieldWords(CronFieldItems field) {
        this.field = field;
        this.unit = switch (field.field()) {
            case SECOND, MINUTE, HOUR -> field.field().label();
            case DAY_OF_MONTH -> "day";
            case MONTH, DAY_OF_WEEK -> "";
        };
    }

    /** All items: {@code minutes 5, 10 and 20 to 30}. */
    String all() {
        List<String> plain = new ArrayList<>();
        List<String> other = new ArrayList<>();
        boolean several = false;
        for (CronItem item : field.items()) {
            if (item.isPlain()) {
                plain.add(value(item.from()) + (item.isSingle() ? "" : " to " + value(item.to())));
                several |= !item.isSingle();
            } else {
                other.add(special(item));
            }
        }
        List<String> parts = new ArrayList<>();
        if (!plain.isEmpty()) {
            several |= plain.size() > 1;
            parts.add((unit.isEmpty() ? "" : unit + (several ? "s " : " ")) + list(plain));
        }
        parts.addAll(other);
        return list(parts);
    }

    static String list(List<String> parts) {
        int last = parts.size() - 1;
        return last < 1 ? parts.get(0) : String.join(", ", parts.subList(0, last)) + " and " + parts.get(last);
    }

    static String ordinal(int number) {
        boolean teen = number >= TEENS_FROM && number <= TEENS_TO;
        return number
                + switch (teen ? 0 : number % 10) {
                    case 1 -> "st";
                    case 2 -> "nd";
                    case 3 -> "rd";
                    default -> "th";
                };
    }

    private String special(CronItem item) {
        return switch (item.sort()) {
            case RANGE -> stepped(item);
            case HASH -> hashed(item);
            case LAST_DAY -> lastDay(item.from());
            case LAST_WEEKDAY -> "the last weekday";
            case NEAREST_WEEKDAY -> "the weekday nearest to day " + item.from();
            case NTH -> "the " + ORDINALS.get(item.to() - 1) + " " + value(item.from()) + " of the month";
            case LAST_OF_WEEKDAY -> "the last " + value(item.from()) + " of the month";
        };
    }

    private static String lastDay(int before) {
        return switch (before) {
            case 0 -> "the last day";
            case 1 -> "the day before the last";
            default -> "the " + ordinal(before) + " day before the last";
        };
    }

    private String stepped(CronItem item) {
        boolean whole = item.from() == field.field().least()
                && item.to() == field.field().most();
        return (item.step() == 1 ? "every " : "every " + ordinal(item.step()) + " ")
                + noun()
                + (whole ? "" : " from " + value(item.from()) + " to " + value(item.to()));
    }

    private String hashed(CronItem item) {
        return (item.step() == 0 ? "some " : "every " + ordinal(item.step()) + " ")
                + noun()
                + (item.text().indexOf('(') < 0 ? "" : " from " + value(item.from()) + " to " + value(item.to()));
    }

    private String noun() {
        return switch (field.field()) {
            case MONTH -> "month";
            case DAY_OF_WEEK -> "day of the week";
            default -> unit;
        };
    }

    private String value(int value) {
        return switch (field.field()) {
            case MONTH -> Month.of(value).getDisplayName(TextStyle.FULL, Locale.ENGLISH);
            case DAY_OF_WEEK ->
                DayOfWeek.of(value == 0 ? CronField.SUNDAY_TOO : value).getDisplayName(TextStyle.FULL, Locale.ENGLISH);
            default -> String.valueOf(value);
        };
    }
}
