package io.headrace.postgres.claim;

import io.headrace.spi.Claim;
import io.headrace.spi.ClaimRequest;
import io.headrace.spi.Suspicion;

/** A claim from one queue on its way: where it begins, how far it looks, and what it brings. */
final class ClaimTrip {

    /** What {@code claim.sql} is planned for. */
    private static final int MOST_JOBS = 1_024;

    /** Of a payload, in the form in which it is stored. Longer ones are compressed, as a rule. */
    private static final int MOST_BYTES = 2_000;

    private static final int NO_PAYLOADS = -1;

    private final ClaimRequest request;
    private final ClaimCursors cursors;
    private final ClaimCursor cursor;
    private final ClaimAnswer answer;
    private final long began = System.nanoTime();

    ClaimTrip(ClaimRequest request, ClaimCursors cursors) {
        this.request = request;
        this.cursors = cursors;
        // Suspects are few, and stand in old places.
        this.cursor = isUnsuspected() ? cursors.of(request) : ClaimCursor.fresh(began);
        this.answer = new ClaimAnswer(cursor, jobs(), sets());
    }

    private boolean isUnsuspected() {
        return request.suspicion() == Suspicion.NONE;
    }

    ClaimRequest request() {
        return request;
    }

    String[] floors() {
        return cursor.floors();
    }

    int jobs() {
        return Math.min(request.limit(), MOST_JOBS);
    }

    int sets() {
        return cursor.setsFor(jobs());
    }

    int suspicion() {
        return request.suspicion().level();
    }

    /** Up to how many stored bytes a payload comes with its job. */
    int payloadBytes() {
        return request.withholding() ? NO_PAYLOADS : MOST_BYTES;
    }

    ClaimAnswer answer() {
        return answer;
    }

    /** The claim, once all of its rows have been taken. */
    Claim end() {
        if (isUnsuspected()) {
            cursors.keep(request, cursor, answer.next().after(cursor, System.nanoTime() - began));
        }
        return answer.claim();
    }
}
