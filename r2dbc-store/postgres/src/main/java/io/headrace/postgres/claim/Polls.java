package io.headrace.postgres.claim;

import io.headrace.postgres.connection.Connections;
import io.headrace.postgres.connection.SqlErrors;
import io.headrace.postgres.sql.Columns;
import io.headrace.postgres.sql.Statements;
import io.headrace.spi.PollAnswer;
import io.headrace.spi.PollRequest;
import io.r2dbc.spi.Readable;
import io.r2dbc.spi.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Looks at queues by {@code poll.sql}, each from where its claims have come to. Thread-safe. */
public final class Polls {

    private final String poll;
    private final Connections connections;
    private final ClaimCursors cursors;

    public Polls(Statements statements, Connections connections, ClaimCursors cursors) {
        this.poll = statements.named("claim/poll");
        this.connections = connections;
        this.cursors = cursors;
    }

    /** What a row says. */
    private record Look(Instant at, PollAnswer answer) {}

    /** As {@link io.headrace.spi.LeaseStore#poll} says. */
    public Mono<List<PollAnswer>> poll(List<PollRequest> requests) {
        return Mono.defer(() -> {
                    if (requests.isEmpty()) {
                        return Mono.just(List.<PollAnswer>of());
                    }
                    List<ClaimCursor> begin = requests.stream().map(cursors::of).toList();
                    return connections
                            .work(poll, statement -> bind(statement, requests, begin), Polls::look)
                            .map(looks -> answers(requests, begin, looks));
                })
                .onErrorMap(SqlErrors::of);
    }

    private static Statement bind(Statement statement, List<PollRequest> requests, List<ClaimCursor> begin) {
        int queues = requests.size();
        String[] names = new String[queues];
        String[] floors = new String[queues];
        Integer[] numbers = new Integer[queues];
        Map<Set<String>, Integer> handled = new LinkedHashMap<>();
        for (int i = 0; i < queues; i++) {
            PollRequest request = requests.get(i);
            names[i] = request.queue();
            floors[i] = begin.get(i).floor().toString();
            numbers[i] = handled.computeIfAbsent(request.kinds(), kinds -> handled.size());
        }
        List<Integer> kindNumbers = new ArrayList<>();
        List<String> kinds = new ArrayList<>();
        handled.forEach((set, number) -> set.forEach(kind -> {
            kindNumbers.add(number);
            kinds.add(kind);
        }));
        return statement
                .bind(0, names)
                .bind(1, floors)
                .bind(2, numbers)
                .bind(3, kindNumbers.toArray(Integer[]::new))
                .bind(4, kinds.toArray(String[]::new));
    }

    private static Look look(Readable row) {
        boolean paused = Columns.flag(row, "paused");
        Long nextDueMillis = row.get("next_due_ms", Long.class);
        @Nullable Duration nextDue = nextDueMillis == null ? null : Duration.ofMillis(nextDueMillis);
        return new Look(Columns.time(row, "at"), new PollAnswer(Columns.flag(row, "due") && !paused, paused, nextDue));
    }

    private List<PollAnswer> answers(List<PollRequest> requests, List<ClaimCursor> begin, List<Look> looks) {
        List<PollAnswer> answers = new ArrayList<>(looks.size());
        for (int i = 0; i < looks.size(); i++) {
            Look look = Objects.requireNonNull(looks.get(i));
            ClaimCursor cursor = begin.get(i);
            // A look from the head that finds nothing saves the next claim the same walk.
            if (cursor.isAtHead() && !look.answer.due() && !look.answer.paused()) {
                cursors.keep(requests.get(i), cursor, cursor.exhausted(look.at));
            }
            answers.add(look.answer);
        }
        return answers;
    }
}
