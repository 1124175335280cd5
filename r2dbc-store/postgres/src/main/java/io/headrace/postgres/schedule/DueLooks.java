package io.headrace.postgres.schedule;

import io.headrace.postgres.connection.Connections;
import io.headrace.postgres.sql.Statements;
import io.headrace.spi.DueSchedules;
import io.headrace.spi.StoredSchedule;
import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Looks for due schedules by {@code due.sql}, each from where it need not walk what has passed. Thread-safe. */
final class DueLooks {

    private final String due;
    private final Connections connections;
    private volatile DueCursor cursor = DueCursor.head();

    DueLooks(Statements statements, Connections connections) {
        this.due = statements.named("schedule/due");
        this.connections = connections;
    }

    /** A row of {@code due.sql}. */
    private record Row(
            ScheduleRow found,
            @Nullable Instant earliest,
            @Nullable Instant later,
            long tookNanos) {

        static Row of(Readable row) {
            return new Row(
                    ScheduleRow.of(row),
                    row.get("first_fixed_at", Instant.class),
                    row.get("later_at", Instant.class),
                    (long) (Objects.requireNonNull(row.get("took_s", Double.class)) * 1e9));
        }
    }

    Mono<DueSchedules> due(Set<String> makes, int most, Duration ahead) {
        return Mono.defer(() -> {
            DueCursor before = cursor;
            DueCursor from = before.next(System.nanoTime());
            return connections
                    .work(
                            due,
                            statement -> statement
                                    .bind(0, makes.toArray(String[]::new))
                                    .bind(1, most)
                                    .bind(2, from.floor())
                                    .bind(3, ahead.toMillis()),
                            Row::of)
                    .map(rows -> {
                        long ended = System.nanoTime();
                        Row any = rows.get(0);
                        Instant now = any.found().now();
                        Instant earliest = Objects.requireNonNullElse(any.earliest(), now);
                        keep(before, from.after(earliest, any.tookNanos(), ended));
                        return new DueSchedules(now, schedules(rows), next(any, from, ended));
                    });
        });
    }

    private static List<StoredSchedule> schedules(List<Row> rows) {
        return ScheduleRow.schedules(rows.stream().map(Row::found).toList());
    }

    /** A look that did not begin at the head may have left something out, which one of the next will see. */
    private static @Nullable Instant next(Row any, DueCursor from, long nowNanos) {
        if (from.isHead()) {
            return any.later();
        }
        Instant atHead = any.found().now().plus(from.rest(nowNanos));
        return Stream.of(atHead, Objects.requireNonNullElse(any.later(), atHead))
                .min(Instant::compareTo)
                .orElse(atHead);
    }

    /** Schedules are to be looked at at these times; {@code null} are left aside. */
    void written(Stream<@Nullable Instant> times) {
        times.filter(Objects::nonNull).min(Instant::compareTo).ifPresent(this::written);
    }

    private synchronized void written(Instant earliest) {
        cursor = cursor.written(earliest);
    }

    /** Keeps where a look has come to, unless somebody said meanwhile that the next should begin at the head. */
    private synchronized void keep(DueCursor before, DueCursor after) {
        if (cursor == before) {
            cursor = after;
        }
    }

    /** The next look begins at the head. */
    synchronized void lookBack() {
        cursor = DueCursor.head();
    }
}
