package io.headrace.operate;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The start and the end of an engine, for charts and for the question which version ran a job. Times are by the database's
 * clock.
 *
 * @param worker the id of its worker, see {@link io.headrace.WorkerSnapshot#id}
 * @param engine its name, see {@link io.headrace.JobEngine.Builder#name}
 * @param version the version of its application, see {@link io.headrace.JobEngine.Builder#version}; {@code null} if it is
 *     not known
 * @param startedAt when it registered
 * @param endedAt when it was stopped, or when it was last heard from; {@code null} if it has not ended
 * @param end how it ended; {@code null} if it has not ended
 */
public record EngineMark(
        String worker,
        String engine,
        @Nullable String version,
        Instant startedAt,
        @Nullable Instant endedAt,
        @Nullable EngineEnd end) {}
