package io.headrace.postgres.diagnose;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Moments for people: in UTC, to the second. */
final class Moments {

    private Moments() {}

    static String of(@Nullable Instant at) {
        return at == null ? "never" : at.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
