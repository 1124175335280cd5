package io.headrace.schedule;

import io.headrace.HeadraceException;
import org.jspecify.annotations.Nullable;

/** Thrown when a setting or a range of a schedule is invalid. Nothing was changed. */
public final class InvalidScheduleException extends HeadraceException {

    private static final long serialVersionUID = 1L;

    private final @Nullable String schedule;
    private final String field;

    public InvalidScheduleException(@Nullable String schedule, String field, String reason) {
        super((schedule == null ? "" : "schedule '" + schedule + "': ") + field + ": " + reason, null);
        this.schedule = schedule;
        this.field = field;
    }

    /** The name of the schedule; {@code null} if the value does not belong to one yet. */
    public @Nullable String schedule() {
        return schedule;
    }

    /** What was rejected: {@code job}, {@code jitter}, {@code misfire}, {@code from}… */
    public String field() {
        return field;
    }
}
