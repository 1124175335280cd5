package io.headrace.postgres.claim;

import io.headrace.spi.Claim;
import io.headrace.spi.ClaimRequest;
import io.r2dbc.spi.Readable;
import io.r2dbc.spi.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;

/** Claims from several queues on their way together: binds {@code claim_several.sql}, and deals out its rows. */
final class ClaimTrips {

    private final List<ClaimTrip> trips;
    private final Map<Long, ClaimAnswer> byLease = new HashMap<>();
    private int answered;

    ClaimTrips(List<ClaimRequest> requests, ClaimCursors cursors) {
        this.trips = requests.stream()
                .map(request -> new ClaimTrip(request, cursors))
                .toList();
    }

    Statement bind(Statement statement) {
        KindTerms terms = KindTerms.of(trips.stream().map(ClaimTrip::request).toList());
        return terms.bind(
                        statement
                                .bind(0, trips.get(0).request().worker())
                                .bind(
                                        1,
                                        trips.stream()
                                                .map(trip -> trip.request().queue())
                                                .toArray(String[]::new))
                                .bind(2, numbers(ClaimTrip::jobs))
                                .bind(3, numbers(ClaimTrip::sets))
                                .bind(4, numbers(ClaimTrip::suspicion))
                                .bind(5, numbers(ClaimTrip::payloadBytes))
                                .bind(6, terms.requests()),
                        7)
                .bind(
                        7 + KindTerms.PARAMETERS,
                        trips.stream().flatMap(trip -> Stream.of(trip.floors())).toArray(String[]::new));
    }

    private Integer[] numbers(ToIntFunction<ClaimTrip> of) {
        return trips.stream().map(of::applyAsInt).toArray(Integer[]::new);
    }

    /** Takes a row; what it returns says nothing. */
    boolean take(Readable row) {
        if (answered < trips.size()) {
            return begin(trips.get(answered++).answer(), row);
        }
        Long lease = Objects.requireNonNull(row.get(ClaimAnswer.LEASE, Long.class));
        return Objects.requireNonNull(byLease.get(lease)).take(row);
    }

    private boolean begin(ClaimAnswer answer, Readable row) {
        boolean taken = answer.take(row);
        answer.leases().forEach(lease -> byLease.put(lease, answer));
        return taken;
    }

    /** The claims, once all rows have been taken. */
    List<Claim> end() {
        return trips.stream().map(ClaimTrip::end).toList();
    }
}
