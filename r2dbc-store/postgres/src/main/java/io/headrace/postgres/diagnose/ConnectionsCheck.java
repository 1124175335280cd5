package io.headrace.postgres.diagnose;

import io.headrace.postgres.sql.Columns;
import java.util.List;
import reactor.core.publisher.Mono;

/** Whether there are enough connections for the engines that run and for whatever else is connected. */
final class ConnectionsCheck implements Check {

    /** What a store opens at most, by default. */
    private static final int PER_ENGINE = 9;

    private final Queries queries;

    /**
     * A limit of the number of sessions.
     *
     * @param scope of what: the server, the database or the role
     * @param most how many there may be, without those that are reserved for superusers
     */
    private record Limit(String scope, int most, int used) {}

    ConnectionsCheck(Queries queries) {
        this.queries = queries;
    }

    @Override
    public Mono<Void> run(Findings findings) {
        Mono<Integer> engines = queries.rows("diagnose/engines", row -> Columns.integer(row, "live"))
                .map(rows -> rows.get(0))
                .onErrorResume(Queries::isForOtherChecks, error -> Mono.just(0));
        Mono<List<Limit>> limits = queries.rows(
                "diagnose/connections",
                row -> new Limit(
                        Columns.text(row, "scope"), Columns.integer(row, "most"), Columns.integer(row, "used")));
        return engines.flatMap(live -> limits.doOnNext(all -> all.forEach(limit -> judge(findings, live, limit))))
                .then();
    }

    private static void judge(Findings findings, int engines, Limit limit) {
        String of = limit.scope.equals("server") ? "" : " of the " + limit.scope;
        findings.reading("CONNECTIONS", "connections" + of, limit.used + " of " + limit.most + ", engines: " + engines);
        int needed = Math.max(engines * PER_ENGINE, limit.used + (engines == 0 ? PER_ENGINE : 0));
        if (needed > limit.most) {
            findings.warning(
                    "TOO_FEW_CONNECTIONS",
                    limit.used + " of the " + limit.most + " connections" + of + " are in use"
                            + (engines == 0
                                    ? ", and an engine opens up to " + PER_ENGINE
                                    : ", and the " + engines + " live engines open up to " + engines * PER_ENGINE),
                    "Raise " + setting(limit.scope) + " to at least " + needed
                            + " and what the applications need, or lower maxConnections of the stores");
        }
    }

    private static String setting(String scope) {
        return switch (scope) {
            case "database" -> "the CONNECTION LIMIT of the database";
            case "role" -> "the CONNECTION LIMIT of the role";
            default -> "max_connections";
        };
    }
}
