package io.headrace.postgres.diagnose;

import io.headrace.postgres.connection.SqlErrors;
import io.headrace.postgres.sql.SchemaName;
import io.headrace.postgres.upkeep.SchemaCheck;
import io.headrace.postgres.upkeep.SchemaVersion;
import reactor.core.publisher.Mono;

/** Whether this version of Headrace can work with the schema. */
final class VersionCheck implements Check {

    /** The code of the problem that there are no tables, about which other checks have nothing to say. */
    static final String MISSING = "SCHEMA_MISSING";

    private static final String MIGRATE =
            "Run 'headrace migrate', PostgresMigrations, or the SQL that it prints, before this version starts";

    private final SchemaCheck schemaCheck;
    private final SchemaName schema;

    VersionCheck(SchemaCheck schemaCheck, SchemaName schema) {
        this.schemaCheck = schemaCheck;
        this.schema = schema;
    }

    @Override
    public Mono<Void> run(Findings findings) {
        return schemaCheck
                .glance()
                .doOnNext(version -> judge(findings, version))
                .then()
                .onErrorResume(
                        error -> SqlErrors.isUndefined(SqlErrors.state(error)),
                        error -> Mono.fromRunnable(() -> missing(findings)))
                .onErrorResume(Queries::isForOtherChecks, error -> Mono.empty());
    }

    private void judge(Findings findings, SchemaVersion version) {
        findings.reading("SCHEMA", "schema", schema.text() + ", " + version.newest());
        if (!version.missing().isEmpty()) {
            findings.error(
                    "SCHEMA_OLDER",
                    "Schema '" + schema.text() + "' lacks migrations that this version of Headrace requires: "
                            + String.join(", ", version.missing()),
                    MIGRATE);
        } else if (version.isTooNew()) {
            findings.error(
                    "SCHEMA_NEWER",
                    "Schema '" + schema.text() + "' has generation " + version.generation()
                            + ", which this version of Headrace cannot work with",
                    "Deploy the version of Headrace that migrated the schema");
        }
    }

    private void missing(Findings findings) {
        findings.reading("SCHEMA", "schema", schema.text() + ", missing");
        findings.error(
                MISSING,
                "Schema '" + schema.text() + "' of this database does not contain Headrace's tables",
                MIGRATE + "; or correct the database or the name of the schema");
    }
}
