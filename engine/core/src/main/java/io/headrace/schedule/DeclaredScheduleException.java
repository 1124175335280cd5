package io.headrace.schedule;

import io.headrace.HeadraceException;

/** Signalled when a schedule cannot be removed because engines declare it: it would be back at their next start. */
public final class DeclaredScheduleException extends HeadraceException {

    private static final long serialVersionUID = 1L;

    private final String schedule;

    public DeclaredScheduleException(String schedule) {
        super(
                "Schedule '" + schedule + "' is declared in code and would return when an engine starts. Pause it, or"
                        + " remove the declaration: a day later it can be removed",
                null);
        this.schedule = schedule;
    }

    public String schedule() {
        return schedule;
    }
}
