package io.headrace.postgres;

import static java.time.Duration.ofSeconds;

import io.headrace.JobClient;
import io.headrace.JobProducer;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.IsolationLevel;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A schema, a client, and one transaction in which it enqueues. */
abstract class TermsTests {

    static final Duration PATIENCE = ofSeconds(10);

    final TestSchema schema;
    JobClient client;
    Connection connection;

    TermsTests(TestServer server) {
        this.schema = TestSchema.reused(server);
    }

    static List<IsolationLevel> levels() {
        return List.of(IsolationLevel.READ_COMMITTED, IsolationLevel.REPEATABLE_READ, IsolationLevel.SERIALIZABLE);
    }

    /** Those in which a transaction sees one moment only. */
    static List<IsolationLevel> ofOneSnapshot() {
        return levels().subList(1, 3);
    }

    @BeforeEach
    void connect() {
        client = JobClient.create(schema.store());
        connection = schema.server().connectionFactory().create().block(PATIENCE);
    }

    @AfterEach
    void everyJobIsInOnePlace() {
        try {
            Mono.from(connection.close()).block(PATIENCE);
            schema.audit();
        } finally {
            schema.close();
        }
    }

    /** With the snapshot taken. */
    JobProducer begin(IsolationLevel level) {
        Mono.from(connection.beginTransaction(level)).block(PATIENCE);
        Flux.from(connection
                        .createStatement("SELECT count(*) FROM " + schema.name() + ".job")
                        .execute())
                .flatMap(result -> result.map(row -> row.get(0)))
                .blockLast(PATIENCE);
        return client.in(schema.store().transaction(connection));
    }

    void commit() {
        Mono.from(connection.commitTransaction()).block(PATIENCE);
    }

    void rollback() {
        Mono.from(connection.rollbackTransaction()).block(PATIENCE);
    }
}
