package io.headrace.postgres.claim;

import io.headrace.postgres.connection.Connections;
import io.headrace.postgres.connection.SqlErrors;
import io.headrace.postgres.sql.Statements;
import io.headrace.spi.Claim;
import io.headrace.spi.ClaimRequest;
import io.headrace.spi.Suspicion;
import io.r2dbc.spi.Statement;
import reactor.core.publisher.Mono;

/** Claims by {@code claim.sql}, each from where the one before it ended. Thread-safe. */
public final class Claims {

    /** What {@code claim.sql} is planned for. */
    private static final int MOST_JOBS = 1_024;

    /** Of a payload, in the form in which it is stored. Longer ones are compressed, as a rule. */
    private static final int MOST_BYTES = 2_000;

    private static final int NO_PAYLOADS = -1;

    /** The parameters of {@code claim.sql}, by position. */
    private static final int WORKER = 0;

    private static final int QUEUE = 1;
    private static final int KINDS = 2;
    private static final int FLOORS = KINDS + KindTerms.PARAMETERS;
    private static final int JOBS = FLOORS + 1;
    private static final int SETS = FLOORS + 2;
    private static final int SUSPICION = FLOORS + 3;
    private static final int PAYLOAD_BYTES = FLOORS + 4;

    private final String claim;
    private final Connections connections;
    private final ClaimCursors cursors;

    public Claims(Statements statements, Connections connections, ClaimCursors cursors) {
        this.claim = statements.named("claim/claim");
        this.connections = connections;
        this.cursors = cursors;
    }

    /** As {@link io.headrace.spi.LeaseStore#claim} says. */
    public Mono<Claim> claim(ClaimRequest request) {
        return Mono.defer(() -> {
                    boolean unsuspected = request.suspicion() == Suspicion.NONE;
                    // Suspects are few, and stand in old places.
                    ClaimCursor cursor = unsuspected ? cursors.of(request) : ClaimCursor.fresh(System.nanoTime());
                    int jobs = Math.min(request.limit(), MOST_JOBS);
                    int sets = cursor.setsFor(jobs);
                    ClaimAnswer answer = new ClaimAnswer(cursor, jobs, sets);
                    long began = System.nanoTime();
                    return connections
                            .work(claim, statement -> bind(statement, request, cursor, jobs, sets), answer::take)
                            .map(rows -> {
                                if (unsuspected) {
                                    long took = System.nanoTime() - began;
                                    cursors.keep(request, cursor, answer.next().after(cursor, took));
                                }
                                return answer.claim();
                            });
                })
                .onErrorMap(SqlErrors::of);
    }

    private static Statement bind(Statement statement, ClaimRequest request, ClaimCursor cursor, int jobs, int sets) {
        return KindTerms.bind(statement.bind(WORKER, request.worker()).bind(QUEUE, request.queue()), KINDS, request)
                .bind(FLOORS, cursor.floors())
                .bind(JOBS, jobs)
                .bind(SETS, sets)
                .bind(SUSPICION, request.suspicion().level())
                .bind(PAYLOAD_BYTES, request.withholding() ? NO_PAYLOADS : MOST_BYTES);
    }
}
