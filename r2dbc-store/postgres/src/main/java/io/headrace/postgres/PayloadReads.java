package io.headrace.postgres;

import io.headrace.spi.Payload;
import io.headrace.spi.PayloadRequest;
import io.r2dbc.spi.Readable;
import io.r2dbc.spi.Statement;
import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Reads the payloads that claims withheld. If PostgreSQL fails over one of them (a number such as {@code 1e131000} is a few
 * bytes in jsonb and 131,001 digits out of it, and text has at most 1 GiB), each is read by itself, so that only the guilty one
 * is refused.
 */
final class PayloadReads {

    private final String sql;
    private final Connections connections;

    PayloadReads(String sql, Connections connections) {
        this.sql = sql;
        this.connections = connections;
    }

    Mono<List<Payload>> read(List<PayloadRequest> requests) {
        return connections
                .work(sql, statement -> bind(statement, requests), PayloadReads::payload)
                .onErrorResume(SqlErrors::isOverAPayload, error -> apart(requests, error))
                .onErrorMap(SqlErrors::of);
    }

    private Mono<List<Payload>> apart(List<PayloadRequest> requests, Throwable error) {
        return requests.size() == 1
                ? Mono.just(List.of(Payload.refused(requests.get(0).job(), SqlErrors.ofPayload(error))))
                : Flux.fromIterable(requests)
                        .concatMap(request -> read(List.of(request)))
                        .flatMapIterable(payloads -> payloads)
                        .collectList();
    }

    private static Statement bind(Statement statement, List<PayloadRequest> requests) {
        return statement
                .bind(0, requests.stream().map(PayloadRequest::job).toArray(Long[]::new))
                .bind(1, requests.stream().map(PayloadRequest::mostBytes).toArray(Long[]::new));
    }

    private static Payload payload(Readable row) {
        return new Payload(
                Columns.number(row, "id"),
                Columns.number(row, "bytes"),
                row.get("payload", String.class),
                row.get("headers", String.class));
    }
}
