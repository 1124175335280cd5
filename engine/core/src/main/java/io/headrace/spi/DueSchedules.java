package io.headrace.spi;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The schedules that are due at one moment.
 *
 * @param now the time of the store's clock
 * @param schedules those that are due, or are about to be, the earliest first; their payloads may be left out
 *     ({@link StoredSchedule.Template#payload()} is then empty)
 * @param next when the next one is due that this engine can fire; {@code null} if there is none
 */
public record DueSchedules(
        Instant now,
        List<StoredSchedule> schedules,
        @Nullable Instant next) {

    public DueSchedules {
        schedules = List.copyOf(schedules);
    }
}
