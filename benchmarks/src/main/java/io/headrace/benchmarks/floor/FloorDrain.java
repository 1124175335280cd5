package io.headrace.benchmarks.floor;

import io.headrace.benchmarks.headrace.Payload;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.Readable;
import io.r2dbc.spi.Statement;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** {@code claim.sql} and {@code settle.sql} in turn, until so many jobs are done. Safe for several connections at once. */
record FloorDrain(String claim, String settle, long worker) {

    private static final int JOBS_A_CLAIM = 1_024;
    private static final int MOST_ATTEMPTS = 20;
    private static final long DEADLINE_MILLIS = 3_600_000;
    private static final int UNSUSPECTED = 0;

    /** As the store has it. */
    private static final int MOST_BYTES_WITH_CLAIM = 2_000;

    /** How many this connection did. */
    Mono<Long> on(Connection connection, AtomicInteger left) {
        AtomicReference<FloorClaim> last = new AtomicReference<>(FloorClaim.fresh());
        return Mono.defer(() -> round(connection, last.updateAndGet(FloorClaim::next)))
                .doOnNext(jobs -> left.addAndGet(-jobs))
                .repeat(() -> left.get() > 0)
                .reduce(0L, Long::sum);
    }

    private Mono<Integer> round(Connection connection, FloorClaim claimed) {
        return Flux.from(bindClaim(connection.createStatement(claim), claimed).execute())
                .concatMap(result -> result.map(claimed::take))
                .then(Mono.defer(() -> claimed.jobs() == 0 ? Mono.empty() : settle(connection, claimed)))
                .then(Mono.fromSupplier(claimed::jobs));
    }

    private Statement bindClaim(Statement statement, FloorClaim from) {
        return statement
                .bind(0, worker)
                .bind(1, "default")
                .bind(2, new String[] {Payload.TYPE.kind()})
                .bind(3, new Integer[] {MOST_ATTEMPTS})
                .bind(4, new Long[] {DEADLINE_MILLIS})
                .bind(5, from.floors())
                .bind(6, JOBS_A_CLAIM)
                .bind(7, from.setsFor(JOBS_A_CLAIM))
                .bind(8, UNSUSPECTED)
                .bind(9, MOST_BYTES_WITH_CLAIM);
    }

    private Mono<Void> settle(Connection connection, FloorClaim claimed) {
        Long[] leases = claimed.leases();
        String[] ids = claimed.ids();
        return Flux.from(connection
                        .createStatement(settle)
                        .bind(0, worker)
                        .bind(1, leases)
                        .bind(2, ids)
                        .bind(3, leases)
                        .bind(4, ids)
                        .bind(5, new Long[0])
                        .bind(6, new String[0])
                        .bind(7, new Long[0])
                        .bind(8, new Boolean[0])
                        .bind(9, new Long[0])
                        .bind(10, new Long[0])
                        .bind(11, new String[0])
                        .bind(12, new String[0])
                        .bind(13, new String[0])
                        .bind(14, new Long[0])
                        .bind(15, new UUID[0])
                        .bind(16, new Long[0])
                        .bind(17, new Long[0])
                        .execute())
                .concatMap(result -> result.map(FloorDrain::late))
                .doOnNext(late -> {
                    if (late) {
                        throw new IllegalStateException("the floor lost a lease");
                    }
                })
                .then();
    }

    private static boolean late(Readable row) {
        return row.get("lease", Long.class) != null;
    }
}
