package io.headrace.schedule;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads an expression: its length first, then its characters, then its fields. Nothing is expanded before. */
final class CronReader {

    private static final int CHARACTERS = 250;
    private static final String WHOLE = "expression";
    private static final String SIGNS = " *,-/?#()@";

    private static final List<CronField> FIELDS = List.of(CronField.values());

    private static final Map<String, String> MACROS = Map.of(
            "@yearly", "0 0 1 1 *",
            "@annually", "0 0 1 1 *",
            "@monthly", "0 0 1 * *",
            "@weekly", "0 0 * * 0",
            "@daily", "0 0 * * *",
            "@midnight", "0 0 * * *",
            "@hourly", "0 * * * *");

    private final String expression;

    private CronReader(String expression) {
        this.expression = expression;
    }

    static CronFields read(@Nullable String expression) {
        if (expression == null) {
            throw new InvalidCronException("", WHOLE, 0, "is null");
        }
        return new CronReader(expression).read();
    }

    private CronFields read() {
        if (expression.length() > CHARACTERS) {
            throw refuse(0, "has " + expression.length() + " characters, at most " + CHARACTERS + " are allowed");
        }
        checkCharacters();
        List<Integer> starts = starts();
        if (starts.size() == 1 && expression.charAt(starts.get(0)) == '@') {
            return macro(expression.strip().toLowerCase(Locale.ROOT), starts.get(0) + 1);
        }
        return fields(starts);
    }

    private void checkCharacters() {
        for (int i = 0; i < expression.length(); i++) {
            char c = expression.charAt(i);
            boolean allowed =
                    (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || SIGNS.indexOf(c) >= 0;
            if (!allowed) {
                throw refuse(
                        i + 1,
                        String.format("U+%04X is not allowed, only spaces, A-Z, 0-9 and * , - / ? # ( ) @", (int) c));
            }
        }
    }

    private List<Integer> starts() {
        List<Integer> starts = new ArrayList<>();
        for (int i = 0; i < expression.length(); i++) {
            if (expression.charAt(i) != ' ' && (i == 0 || expression.charAt(i - 1) == ' ')) {
                starts.add(i);
            }
        }
        return starts;
    }

    private CronFields macro(String macro, int position) {
        String meaning = MACROS.get(macro);
        if (meaning != null) {
            return new CronFields(read(meaning).fields(), macro);
        }
        throw refuse(
                position,
                switch (macro) {
                    case "@reboot" -> "@reboot has no time; enqueue the job when the application starts";
                    case "@every" -> "@every is not cron; use Every.of(Duration)";
                    default -> "unknown macro, allowed are @yearly, @monthly, @weekly, @daily and @hourly";
                });
    }

    private CronFields fields(List<Integer> starts) {
        int many = starts.size();
        if (many > 0 && expression.regionMatches(true, starts.get(0), "@every", 0, 6)) {
            throw refuse(starts.get(0) + 1, "@every is not cron; use Every.of(Duration)");
        }
        if (many == 0) {
            throw refuse(0, "is empty; write five fields, such as 0 3 * * * for every day at 03:00");
        }
        if (many != 5 && many != 6) {
            throw refuse(
                    0,
                    "has " + many + " fields, expected 5 (minute, hour, day of month, month, day of week)"
                            + " or 6 (second first)" + (many == 7 ? "; a year is not supported" : ""));
        }
        List<CronFieldItems> fields = new ArrayList<>();
        if (many == 5) {
            fields.add(read(CronField.SECOND, "0", 0));
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < many; i++) {
            CronFieldItems field = read(FIELDS.get(i + FIELDS.size() - many), word(starts.get(i)), starts.get(i));
            text.append(i == 0 ? "" : " ").append(field.text());
            fields.add(field);
        }
        return new CronFields(List.copyOf(fields), text.toString());
    }

    private CronFieldItems read(CronField field, String word, int start) {
        return new CronFieldItems(field, new CronFieldReader(expression, field, word, start).items());
    }

    private String word(int start) {
        int end = expression.indexOf(' ', start);
        return expression.substring(start, end < 0 ? expression.length() : end).toUpperCase(Locale.ROOT);
    }

    private InvalidCronException refuse(int position, String reason) {
        return new InvalidCronException(expression, WHOLE, position, reason);
    }
}
