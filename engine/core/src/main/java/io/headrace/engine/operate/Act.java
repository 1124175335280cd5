package io.headrace.engine.operate;

import io.headrace.operate.Right;

/** What can be decided at the desk, and the right that it needs. The text is stored: it does not change. */
enum Act {
    CANCEL("cancel", Right.CANCEL),
    RETRY("retry", Right.RETRY),
    PROBE("probe", Right.RETRY),
    RUN_NOW("run now", Right.RETRY),
    DISCARD("discard", Right.DISCARD),
    PAUSE_QUEUE("pause queue", Right.PAUSE),
    RESUME_QUEUE("resume queue", Right.PAUSE),
    ENQUEUE("enqueue", Right.ENQUEUE),
    SIGNAL("signal", Right.SIGNAL),
    START_RETRY("start bulk retry", Right.RETRY),
    STOP_RETRY("stop bulk retry", Right.RETRY),
    START_DISCARD("start bulk discard", Right.DISCARD),
    STOP_DISCARD("stop bulk discard", Right.DISCARD),
    START_CANCEL("start bulk cancel", Right.CANCEL),
    STOP_CANCEL("stop bulk cancel", Right.CANCEL),
    SAVE_SCHEDULE("save schedule", Right.SCHEDULE),
    PAUSE_SCHEDULE("pause schedule", Right.SCHEDULE),
    RESUME_SCHEDULE("resume schedule", Right.SCHEDULE),
    REMOVE_SCHEDULE("remove schedule", Right.SCHEDULE),
    RUN_SCHEDULE("run schedule", Right.SCHEDULE),
    BACKFILL_SCHEDULE("backfill schedule", Right.SCHEDULE);

    private final String text;
    private final Right right;

    Act(String text, Right right) {
        this.text = text;
        this.right = right;
    }

    String text() {
        return text;
    }

    Right right() {
        return right;
    }
}
