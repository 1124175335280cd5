package io.headrace.schedule;

import java.nio.charset.StandardCharsets;

/**
 * Replaces {@code H} by a number. FNV-1a over the name and the field, with a finalizer that spreads it to all bits. The
 * numbers of existing schedules depend on it: it must never change.
 */
final class CronHash {

    private CronHash() {}

    /** The item as it is written without {@code H}. */
    static String text(String schedule, CronField field, CronItem item) {
        if (!item.is(CronItem.Sort.HASH)) {
            return item.text();
        }
        if (item.step() == 0) {
            return String.valueOf(item.from() + number(schedule, field, item.to() - item.from() + 1));
        }
        return item.from() + number(schedule, field, item.step()) + "-" + item.to() + "/" + item.step();
    }

    private static int number(String schedule, CronField field, int below) {
        long hash = 0xcbf29ce484222325L;
        for (byte octet : (field.name() + " " + schedule).getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (octet & 0xff)) * 0x100000001b3L;
        }
        hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
        hash = (hash ^ (hash >>> 33)) * 0xc4ceb9fe1a85ec53L;
        hash ^= hash >>> 33;
        return (int) Long.remainderUnsigned(hash, below);
    }
}
