package io.headrace.spi;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a queue stands.
 *
 * @param due whether a job of the requested kinds is due, suspected or not; {@code false} if the queue is paused
 * @param paused whether the queue is paused
 * @param nextDue the time until the next pending job of the queue, of any kind, is due; {@code null} if there is none
 */
public record PollAnswer(
        boolean due, boolean paused, @Nullable Duration nextDue) {}
