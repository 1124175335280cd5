package io.headrace.postgres.upkeep;

import io.headrace.postgres.connection.Connections;
import io.headrace.postgres.sql.SchemaName;
import io.headrace.postgres.sql.Statements;
import reactor.core.publisher.Mono;

/** Reads which version the schema is of. */
public final class SchemaCheck {

    private final String schemaVersion;
    private final SchemaName schema;
    private final Connections connections;

    public SchemaCheck(Statements statements, SchemaName schema, Connections connections) {
        this.schemaVersion = statements.named("upkeep/schema_version");
        this.schema = schema;
        this.connections = connections;
    }

    /** For a worker that is about to register, which does not wait behind those that move jobs. */
    public Mono<SchemaVersion> read() {
        return Mono.defer(() -> {
            SchemaVersion version = new SchemaVersion(schema);
            return connections
                    .upkeep(schemaVersion, statement -> statement, version::take)
                    .thenReturn(version);
        });
    }

    /** For a check of the store's health. */
    public Mono<SchemaVersion> glance() {
        return Mono.defer(() -> {
            SchemaVersion version = new SchemaVersion(schema);
            return connections
                    .glance(schemaVersion, statement -> statement, version::take)
                    .thenReturn(version);
        });
    }
}
