package io.headrace.postgres.schedule;

import io.headrace.JobId;
import io.headrace.JobState;
import io.headrace.JobUpdate;
import io.headrace.postgres.connection.Connections;
import io.headrace.postgres.sql.Columns;
import io.headrace.postgres.sql.Statements;
import io.headrace.schedule.FireCause;
import io.headrace.schedule.FireOutcome;
import io.headrace.schedule.FireSnapshot;
import io.headrace.spi.JobInspector;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Reads fires by {@code fires.sql}, and how their jobs stand as a watcher's look does. */
final class FireRows {

    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999Z");

    private final String fires;
    private final Connections connections;
    private final JobInspector inspector;

    FireRows(Statements statements, Connections connections, JobInspector inspector) {
        this.fires = statements.named("schedule/fires");
        this.connections = connections;
        this.inspector = inspector;
    }

    Flux<FireSnapshot> fires(String schedule, @Nullable Instant before, int most) {
        return connections
                .read(
                        fires,
                        statement -> statement
                                .bind(0, schedule)
                                .bind(1, text(before))
                                .bind(2, most),
                        row -> snapshot(schedule, row))
                .flatMapMany(found -> states(found)
                        .flatMapIterable(states -> found.stream()
                                .map(fire -> withState(fire, states))
                                .toList()));
    }

    /** As PostgreSQL reads it, which knows fewer years than Java. No schedule has an instant beyond these. */
    private static String text(@Nullable Instant before) {
        if (before == null || before.isAfter(LATEST)) {
            return "infinity";
        }
        return before.isBefore(EARLIEST) ? "-infinity" : before.toString();
    }

    private static FireSnapshot snapshot(String schedule, Readable row) {
        Long job = row.get("job", Long.class);
        return new FireSnapshot(
                schedule,
                Columns.time(row, "at"),
                Columns.time(row, "fired_at"),
                FireCause.valueOf(Columns.text(row, "cause")),
                FireOutcome.valueOf(Columns.text(row, "outcome")),
                Columns.number(row, "passed_over"),
                job == null ? null : new JobId(job),
                null,
                row.get("problem", String.class));
    }

    /** Those that were pruned are left out. */
    private Mono<Map<JobId, JobState>> states(List<FireSnapshot> found) {
        Set<JobId> jobs = found.stream()
                .flatMap(fire -> fire.job() == null ? Stream.of() : Stream.of(fire.job()))
                .collect(Collectors.toSet());
        return jobs.isEmpty() ? Mono.just(Map.of()) : inspector.look(jobs).collectMap(JobUpdate::id, JobUpdate::state);
    }

    private static FireSnapshot withState(FireSnapshot fire, Map<JobId, JobState> states) {
        return fire.job() == null
                ? fire
                : new FireSnapshot(
                        fire.schedule(),
                        fire.at(),
                        fire.firedAt(),
                        fire.cause(),
                        fire.outcome(),
                        fire.passedOver(),
                        fire.job(),
                        states.get(fire.job()),
                        fire.problem());
    }
}
