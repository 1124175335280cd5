package io.headrace.postgres.diagnose;

import io.headrace.operate.Diagnosis;
import io.headrace.postgres.connection.Connections;
import io.headrace.postgres.connection.SqlErrors;
import io.headrace.postgres.sql.SchemaName;
import io.headrace.postgres.upkeep.SchemaCheck;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Runs all checks on the connections of a store, one after the other. Thread-safe. */
public final class Examination {

    /** How long a transaction may keep dead rows from being removed before it is a problem. */
    public static final Duration LONGEST_SNAPSHOT = Duration.ofMinutes(10);

    private static final String TOO_MANY_CONNECTIONS = "53300";

    private final List<Check> checks;

    /** @param link how this process is connected */
    public Examination(
            LoadedStatements statements,
            SchemaName schema,
            Connections connections,
            Duration longestSnapshot,
            InstantSource clock,
            Link link) {
        Queries queries = new Queries(statements, connections);
        this.checks = List.of(
                new ServerCheck(queries),
                new VersionCheck(new SchemaCheck(statements, schema, connections), schema),
                new RightsCheck(queries),
                new LinkCheck(link),
                new ConnectionsCheck(queries),
                new ClockCheck(queries, clock),
                new HorizonCheck(queries, longestSnapshot),
                new TablesCheck(queries, schema),
                new QueuesCheck(queries));
    }

    /** Fails if the server does not answer. */
    public Mono<Diagnosis> run() {
        return Mono.defer(() -> {
                    Findings findings = new Findings();
                    return Flux.fromIterable(checks)
                            .concatMap(check -> run(check, findings))
                            .then(Mono.fromSupplier(findings::diagnosis));
                })
                .onErrorResume(
                        error -> TOO_MANY_CONNECTIONS.equals(SqlErrors.state(error)),
                        error -> Mono.fromSupplier(() -> refused(error)))
                .onErrorMap(SqlErrors::of);
    }

    private static Mono<Void> run(Check check, Findings findings) {
        return check.run(findings)
                .onErrorResume(Queries::isForOtherChecks, error -> Mono.empty())
                .onErrorResume(SqlErrors::isOverTime, error -> Mono.fromRunnable(() -> slow(check, findings)));
    }

    private static void slow(Check check, Findings findings) {
        findings.reading(
                "NOT_READ",
                "not read",
                check.getClass().getSimpleName().replace("Check", "").toLowerCase(Locale.ROOT)
                        + ": the server took too long");
    }

    private static Diagnosis refused(Throwable error) {
        Findings findings = new Findings();
        findings.error(
                "TOO_FEW_CONNECTIONS",
                "The server has no connection left: " + error.getMessage(),
                "Raise max_connections, or the CONNECTION LIMIT of the role or the database, or close sessions that are"
                        + " idle");
        return findings.diagnosis();
    }
}
