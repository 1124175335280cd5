package io.headrace.schedule;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The fields of an expression.
 *
 * @param fields six, seconds first
 * @param text the expression in capitals, with single spaces; a macro as it is
 */
record CronFields(List<CronFieldItems> fields, String text) {

    CronFieldItems get(CronField field) {
        return fields.stream()
                .filter(items -> items.field() == field)
                .findFirst()
                .orElseThrow();
    }

    /** The first field with an {@code H}. */
    @Nullable
    CronFieldItems hashed() {
        for (CronFieldItems field : fields) {
            if (field.hasHash()) {
                return field;
            }
        }
        return null;
    }

    /** This expression with a number for each {@code H}. */
    String named(String schedule) {
        boolean seconds = text.chars().filter(c -> c == ' ').count() == 5;
        return fields.stream()
                .skip(seconds ? 0 : 1)
                .map(field -> field.items().stream()
                        .map(item -> CronHash.text(schedule, field.field(), item))
                        .collect(Collectors.joining(",")))
                .collect(Collectors.joining(" "));
    }
}
