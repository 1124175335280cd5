package io.headrace.engine.operate;

import io.headrace.operate.Right;

/** What can be decided at the desk, and the right that it needs. The text is stored: it does not change. */
enum Act {
    CANCEL("cancel", Right.CANCEL),
    RETRY("retry", Right.RETRY),
    DISCARD("discard", Right.DISCARD),
    PAUSE_QUEUE("pause queue", Right.PAUSE),
    RESUME_QUEUE("resume queue", Right.PAUSE),
    ENQUEUE("enqueue", Right.ENQUEUE),
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
