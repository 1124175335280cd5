package io.headrace.operate;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An entry of the operator log: what somebody decided at the desk. It is written before the decision is carried out, and its
 * answer afterwards.
 *
 * @param id its number; later decisions have higher ones
 * @param at when it was made, by the clock of the store
 * @param actor who made it
 * @param action what was decided, such as {@code pause queue}
 * @param subject what it was about, such as {@code mail}
 * @param count how many jobs, fires or schedules it changed; {@code null} if it has no count or no answer
 * @param answer what came of it; {@code null} while it is carried out, and if its process ended before there was an answer.
 *     Then it may or may not have been carried out
 */
public record Decision(
        long id,
        Instant at,
        String actor,
        String action,
        String subject,
        @Nullable Long count,
        @Nullable String answer) {}
