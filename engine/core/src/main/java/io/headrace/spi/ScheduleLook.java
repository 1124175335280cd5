package io.headrace.spi;

import java.time.Instant;
import java.util.List;

/**
 * Schedules at one moment.
 *
 * @param now the time of the store's clock
 * @param schedules the schedules
 */
public record ScheduleLook(Instant now, List<StoredSchedule> schedules) {

    public ScheduleLook {
        schedules = List.copyOf(schedules);
    }
}
