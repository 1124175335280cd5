package io.headrace.postgres.diagnose;

import io.headrace.postgres.sql.Columns;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * How far this process's clock is from the server's. The server's answer belongs to some moment between the question and the
 * arrival of the answer; of several the fastest is taken.
 */
final class ClockCheck implements Check {

    private static final int LOOKS = 3;
    private static final Duration MOST = Duration.ofSeconds(1);

    private final Queries queries;
    private final InstantSource clock;

    /** @param ahead by how much the server's clock is ahead, give or take half of the round trip */
    private record Look(Duration ahead, Duration roundTrip) {}

    ClockCheck(Queries queries, InstantSource clock) {
        this.queries = queries;
        this.clock = clock;
    }

    @Override
    public Mono<Void> run(Findings findings) {
        return Flux.range(0, LOOKS)
                .concatMap(i -> look())
                .collectList()
                .doOnNext(looks -> looks.stream()
                        .min(Comparator.comparing(Look::roundTrip))
                        .ifPresent(look -> judge(findings, look)))
                .then();
    }

    private Mono<Look> look() {
        return queries.timed("diagnose/clock", row -> Columns.time(row, "now"), clock, (asked, server, answered) -> {
            Duration roundTrip = Duration.between(asked, answered);
            Instant middle = asked.plus(roundTrip.dividedBy(2));
            return new Look(Duration.between(middle, server), roundTrip);
        });
    }

    private static void judge(Findings findings, Look look) {
        Duration off = look.ahead.abs();
        String side = look.ahead.isNegative() ? "behind" : "ahead of";
        findings.reading(
                "CLOCK",
                "server's clock",
                Words.exact(off) + " " + side + " this process's, round trip " + Words.exact(look.roundTrip));
        if (off.minus(look.roundTrip.dividedBy(2)).compareTo(MOST) > 0) {
            findings.warning(
                    "CLOCK_SKEW",
                    "The server's clock is " + Words.exact(off) + " " + side
                            + " this process's. Jobs that are enqueued for a time start by the server's clock, and times in"
                            + " logs do not match",
                    "Synchronize the clocks of both machines, such as with chrony");
        }
    }
}
