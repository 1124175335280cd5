package io.headrace.engine.schedule;

import io.headrace.schedule.Fire;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The headers that a schedule adds to its jobs. */
final class FireHeaders {

    private FireHeaders() {}

    /**
     * Headers with those of a fire.
     *
     * @param headers as JSON text of an object that is not empty; {@code null} for none
     * @param schedule has no control characters
     */
    static String with(@Nullable String headers, String schedule, Instant at) {
        String added = "\"" + Fire.SCHEDULE_HEADER + "\":\""
                + schedule.replace("\\", "\\\\").replace("\"", "\\\"") + "\",\"" + Fire.AT_HEADER + "\":\"" + at
                + "\"}";
        // Behind the job's own: of two with one name, the last counts.
        return headers == null ? "{" + added : headers.substring(0, headers.lastIndexOf('}')) + "," + added;
    }
}
