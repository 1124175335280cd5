package io.headrace.postgres.upkeep;

import io.headrace.postgres.connection.Connections;
import io.headrace.postgres.sql.Columns;
import io.headrace.postgres.sql.Statements;
import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * Makes the segments of the time to come and drops those that are over, one step a statement until nothing is left to do for
 * now. Each step is whole or not at all, and holds no lock from one statement to the next; engines that are at it at the same
 * time leave it to one of them. What a step does is written in {@code V1__core.sql}.
 */
public final class Segments {

    private static final Logger log = LoggerFactory.getLogger(Segments.class);

    /** A retention is this many segments: few, since a statement locks all that it might have to read. */
    private static final int PER_RETENTION = 4;

    private static final Duration SHORTEST = Duration.ofHours(1);

    /** Whoever says more means for ever; segments of a quarter of it end before the ids do, in 2094. */
    private static final Duration LONGEST_RETENTION = Duration.ofDays(365 * 40L);

    private static final String IDLE = "IDLE";
    private static final String ELSEWHERE = "ELSEWHERE";

    private final String tidy;
    private final Connections connections;

    public Segments(Statements statements, Connections connections) {
        this.tidy = statements.named("upkeep/tidy");
        this.connections = connections;
    }

    /** How long the segments are for a retention. */
    public static Duration length(Duration retention) {
        Duration part = retention.dividedBy(PER_RETENTION);
        return part.compareTo(SHORTEST) < 0 ? SHORTEST : part;
    }

    /** One round; answers how many completed jobs were forgotten. */
    public Mono<Long> tidy(Duration asked) {
        Duration retention = asked.compareTo(LONGEST_RETENTION) < 0 ? asked : LONGEST_RETENTION;
        return step(retention)
                .doOnNext(Step::log)
                .repeat()
                .takeUntil(Step::isLast)
                .collect(Collectors.summingLong(Step::forgotten));
    }

    private Mono<Step> step(Duration retention) {
        return connections
                .tidy(
                        tidy,
                        statement -> statement
                                .bind(0, retention.toMillis())
                                .bind(1, length(retention).toMillis()),
                        Step::of)
                .map(steps -> steps.get(0));
    }

    /** What one step did, to which partition. */
    private record Step(
            String what, @Nullable String name, @Nullable String said, long forgotten) {

        static Step of(Readable row) {
            return new Step(
                    Columns.text(row, "what"),
                    row.get("name", String.class),
                    row.get("said", String.class),
                    Columns.number(row, "forgotten"));
        }

        boolean isLast() {
            return what.equals(IDLE) || what.equals(ELSEWHERE);
        }

        void log() {
            switch (what) {
                case "MADE", "DROPPED", "COMPACTED" -> log.info("segment {}: {}", name, what);
                case "WAITS" -> log.info("Segment {} is in use by a long reader, retrying in a few minutes", name);
                case "FAILED" -> log.warn("Segment {} could not be dropped, retrying later: {}", name, said);
                default -> log.debug("segment {}: {}", name, what);
            }
        }
    }
}
