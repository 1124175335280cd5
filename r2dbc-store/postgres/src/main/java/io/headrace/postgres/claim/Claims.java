package io.headrace.postgres.claim;

import io.headrace.postgres.connection.Connections;
import io.headrace.postgres.connection.SqlErrors;
import io.headrace.postgres.sql.Statements;
import io.headrace.spi.Claim;
import io.headrace.spi.ClaimRequest;
import io.r2dbc.spi.Statement;
import java.util.List;
import reactor.core.publisher.Mono;

/** Claims by {@code claim.sql}, each from where the one before it ended. Thread-safe. */
public final class Claims {

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
    private final String claimSeveral;
    private final Connections connections;
    private final ClaimCursors cursors;

    public Claims(Statements statements, Connections connections, ClaimCursors cursors) {
        this.claim = statements.named("claim/claim");
        this.claimSeveral = statements.named("claim/claim_several");
        this.connections = connections;
        this.cursors = cursors;
    }

    /** As {@link io.headrace.spi.LeaseStore#claim(ClaimRequest)} says. */
    public Mono<Claim> claim(ClaimRequest request) {
        return Mono.defer(() -> {
                    ClaimTrip trip = new ClaimTrip(request, cursors);
                    return connections
                            .work(claim, statement -> bind(statement, trip), trip.answer()::take)
                            .map(rows -> trip.end());
                })
                .onErrorMap(SqlErrors::of);
    }

    /** As {@link io.headrace.spi.LeaseStore#claim(List)} says. */
    public Mono<List<Claim>> claim(List<ClaimRequest> requests) {
        return Mono.defer(() -> {
                    ClaimTrips trips = new ClaimTrips(requests, cursors);
                    return connections
                            .work(claimSeveral, trips::bind, trips::take)
                            .map(rows -> trips.end());
                })
                .onErrorMap(SqlErrors::of);
    }

    private static Statement bind(Statement statement, ClaimTrip trip) {
        ClaimRequest request = trip.request();
        return KindTerms.bind(statement.bind(WORKER, request.worker()).bind(QUEUE, request.queue()), KINDS, request)
                .bind(FLOORS, trip.floors())
                .bind(JOBS, trip.jobs())
                .bind(SETS, trip.sets())
                .bind(SUSPICION, trip.suspicion())
                .bind(PAYLOAD_BYTES, trip.payloadBytes());
    }
}
