package io.headrace.schedule;

import io.headrace.HeadraceException;

/** Signalled when a schedule does not exist in the store. */
public final class UnknownScheduleException extends HeadraceException {

    private static final long serialVersionUID = 1L;

    private final String schedule;

    public UnknownScheduleException(String schedule) {
        super("There is no schedule '" + schedule + "'. List the schedules for their names", null);
        this.schedule = schedule;
    }

    public String schedule() {
        return schedule;
    }
}
