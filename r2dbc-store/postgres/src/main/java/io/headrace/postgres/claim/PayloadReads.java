package io.headrace.postgres.claim;

import io.headrace.postgres.connection.Connections;
import io.headrace.postgres.connection.SqlErrors;
import io.headrace.postgres.sql.Columns;
import io.headrace.postgres.sql.Statements;
import io.headrace.spi.Payload;
import io.headrace.spi.PayloadRequest;
import io.r2dbc.spi.Readable;
import io.r2dbc.spi.Statement;
import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Reads the payloads that claims withheld. If PostgreSQL fails over one of them (a number such as {@code 1e131000} is a few
 * bytes in jsonb and 131,001 digits out of it, and text has at most 1 GiB), or takes too long over it, each is read by itself, so
 * that only the guilty one is refused.
 */
public final class PayloadReads {

    /** No job has this id. */
    private static final PayloadRequest NOTHING = new PayloadRequest(0, 0);

    private final String payloads;
    private final Connections connections;

    public PayloadReads(Statements statements, Connections connections) {
        this.payloads = statements.named("claim/payloads");
        this.connections = connections;
    }

    /** As {@link io.headrace.spi.LeaseStore#payloads} says. */
    public Mono<List<Payload>> read(List<PayloadRequest> requests) {
        return ask(requests)
                .onErrorResume(
                        SqlErrors::isOverAPayload,
                        error -> requests.size() == 1 ? refused(requests.get(0), error) : apart(requests))
                .onErrorResume(SqlErrors::isOverTime, error -> apart(requests))
                .onErrorMap(SqlErrors::of);
    }

    private Mono<List<Payload>> ask(List<PayloadRequest> requests) {
        return connections.work(payloads, statement -> bind(statement, requests), PayloadReads::payload);
    }

    private Mono<List<Payload>> apart(List<PayloadRequest> requests) {
        return Flux.fromIterable(requests)
                .concatMap(this::alone)
                .flatMapIterable(read -> read)
                .collectList();
    }

    /** A payload is to blame for taking too long if the same statement has just answered about none at all. */
    private Mono<List<Payload>> alone(PayloadRequest request) {
        return ask(List.of(NOTHING))
                .flatMap(nothing -> ask(List.of(request))
                        .onErrorResume(
                                error -> SqlErrors.isOverAPayload(error) || SqlErrors.isOverTime(error),
                                error -> refused(request, error)));
    }

    private static Mono<List<Payload>> refused(PayloadRequest request, Throwable error) {
        return Mono.just(List.of(Payload.refused(request.job(), SqlErrors.ofPayload(error))));
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
