package io.headrace.benchmarks.floor;

import io.headrace.benchmarks.headrace.Payload;
import io.r2dbc.spi.Connection;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.IntStream;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** {@code enqueue.sql} for one set of jobs of one kind, whose payloads are text already. */
record FloorEnqueue(String sql, String fill) {

    private static final short PRIORITY = 4;

    /** How many it enqueued. */
    Mono<Long> on(Connection connection, int first, int size) {
        Integer[] groups = new Integer[size];
        Arrays.fill(groups, 1);
        String[] payloads = IntStream.range(first, first + size)
                .mapToObj(i -> "{\"nr\":" + (1_000_000_000L + i) + ",\"fill\":\"" + fill + "\"}")
                .toArray(String[]::new);
        return Flux.from(connection
                        .createStatement(sql)
                        .bind(0, new String[] {"default"})
                        .bind(1, new String[] {Payload.TYPE.kind()})
                        .bind(2, new Short[] {PRIORITY})
                        .bind(3, new Long[] {0L})
                        .bind(4, new String[] {null})
                        .bind(5, new Integer[] {size})
                        .bind(6, groups)
                        .bind(7, payloads)
                        .bind(8, new String[size])
                        .bind(9, new Short[size])
                        .bind(10, 0L)
                        .execute())
                .concatMap(result -> result.map(row -> Objects.requireNonNull(row.get("first", Long.class))))
                .then(Mono.just((long) size));
    }
}
