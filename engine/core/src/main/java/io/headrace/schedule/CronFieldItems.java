package io.headrace.schedule;

import java.util.List;
import java.util.stream.Collectors;

/** A field as it is written. */
record CronFieldItems(CronField field, List<CronItem> items) {

    /** Whether it does not restrict the days on its own: Vixie's rule, which looks at the first character. */
    boolean startsWithStar() {
        return items.get(0).text().startsWith("*") || items.get(0).text().startsWith("?");
    }

    boolean hasStarOrStep() {
        return items.stream()
                .anyMatch(item -> item.text().indexOf('*') >= 0 || item.text().indexOf('/') >= 0);
    }

    boolean isStar() {
        return items.size() == 1 && startsWithStar() && items.get(0).step() == 1;
    }

    boolean isListOfSingles() {
        return items.stream().allMatch(item -> item.isPlain() && item.isSingle());
    }

    boolean isRange() {
        return items.size() == 1 && items.get(0).isPlain() && !items.get(0).isSingle();
    }

    /** The step of a field such as <code>*&#47;15</code>, if the distance is always the same; otherwise 0. */
    int evenStep() {
        CronItem item = items.get(0);
        boolean whole = items.size() == 1 && item.from() == field.least() && item.to() == field.most();
        boolean even = item.is(CronItem.Sort.RANGE) && item.step() > 1 && field.size() % item.step() == 0;
        return whole && even ? item.step() : 0;
    }

    boolean hasHash() {
        return hashPosition() > 0;
    }

    /** Where the first {@code H} is in the expression, from 1; 0 if there is none. */
    int hashPosition() {
        for (CronItem item : items) {
            if (item.is(CronItem.Sort.HASH)) {
                return item.position();
            }
        }
        return 0;
    }

    /** The values of all ranges, as bits. */
    long bits() {
        long bits = 0;
        for (CronItem item : items) {
            if (item.is(CronItem.Sort.RANGE)) {
                bits |= item.bits(field);
            }
        }
        return bits;
    }

    String text() {
        return items.stream().map(CronItem::text).collect(Collectors.joining(","));
    }
}
