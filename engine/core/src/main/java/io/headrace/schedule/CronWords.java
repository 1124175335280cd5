package io.headrace.schedule;

/** Says in words when an expression fires. */
final class CronWords {

    private CronWords() {}

    static String of(CronFields fields) {
        return "At " + fields.text();
    }
}
