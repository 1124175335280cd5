package io.headrace.postgres;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;

import io.headrace.JobEngine;
import io.headrace.JobProducer;
import io.headrace.JobType;
import io.r2dbc.postgresql.PostgresqlConnectionConfiguration;
import io.r2dbc.postgresql.PostgresqlConnectionFactory;
import io.r2dbc.postgresql.api.PostgresqlConnection;
import java.time.Duration;
import reactor.core.publisher.Mono;

/**
 * A schema in the search path in which somebody has put functions and operators that fit the store's arguments better than
 * PostgreSQL's own, which take any range or any array.
 */
class HostileSchemaTest {

    private static final JobType<String> GRIND = JobType.of("grind", String.class);
    private static final Duration PATIENCE = ofSeconds(60);

    @OnEachServer
    void nothingInItIsCalled(TestServer server) {
        TestSchema schema = new TestSchema(server);
        String hostile = schema.name() + "_hostile";
        schema.execute(HOSTILE.replace("${hostile}", hostile));
        PostgresqlConnectionFactory factory = connectingTo(server, hostile);
        PostgresJobStore store =
                PostgresJobStore.builder(factory).schema(schema.name()).build();
        JobEngine engine =
                JobEngine.builder(store).subscribe(GRIND, job -> Mono.empty()).build();
        try {
            engine.start().block(PATIENCE);
            engine.client().enqueue(GRIND.job("own sessions").uniqueKey("a")).block(PATIENCE);
            Mono.usingWhen(
                            factory.create(),
                            connection ->
                                    inTransactionOf(connection, engine.client().in(store.transaction(connection))),
                            PostgresqlConnection::close)
                    .block(PATIENCE);
            ReportingTransaction leasing = ReportingTransaction.begin(factory, store);
            engine.client().in(leasing).enqueue(GRIND.job("leased at once")).block(PATIENCE);
            leasing.commit();
            leasing.close();
            await().atMost(PATIENCE).until(() -> schema.number("SELECT coalesce(sum(size), 0) FROM %s.completed") == 4);
            assertThat(store.inspector().queues().collectList().block(PATIENCE)).hasSize(1);
            assertThat(store.inspector().totals().collectList().block(PATIENCE)).hasSize(1);
            assertThatCode(() -> engine.stop().block(PATIENCE)).doesNotThrowAnyException();
            assertThat(store.inspector().audit().block(PATIENCE)).hasToString("ok");
        } finally {
            store.close().block(PATIENCE);
            schema.execute("DROP SCHEMA " + hostile + " CASCADE");
            schema.close();
        }
    }

    private static Mono<Void> inTransactionOf(PostgresqlConnection connection, JobProducer producer) {
        return connection
                .beginTransaction()
                .then(producer.enqueue(GRIND.job("a caller's")))
                .then(producer.enqueue(GRIND.job("a caller's with a key").uniqueKey("b")))
                .then(connection.commitTransaction());
    }

    private static PostgresqlConnectionFactory connectingTo(TestServer server, String searchPath) {
        return new PostgresqlConnectionFactory(PostgresqlConnectionConfiguration.builder()
                .host(server.host())
                .port(server.port())
                .database(server.database())
                .username(server.user())
                .password(server.password())
                .schema(searchPath)
                .build());
    }

    private static final String HOSTILE = """
            CREATE SCHEMA ${hostile};
            CREATE TYPE ${hostile}.trap AS ENUM ('sprung');
            DO $do$
            DECLARE
                types text[] := ARRAY['bigint', 'integer', 'smallint', 'numeric', 'double precision', 'text', 'boolean', 'interval',
                    'timestamptz', 'jsonb', 'int8range', 'int8multirange', 'bigint[]', 'text[]', 'integer[]'];
                f record;
                one text;
                two text;
            BEGIN
                -- A function for each of a system's that takes one argument, by each type.
                FOR f IN SELECT DISTINCT proname FROM pg_proc p JOIN pg_namespace n ON n.oid = pronamespace
                         WHERE nspname = 'pg_catalog' AND pronargs IN (1, 2) AND prokind IN ('f', 'a', 'w')
                           AND proname IN ('unnest', 'lower', 'upper', 'isempty', 'range_agg', 'array_agg', 'count', 'sum', 'min',
                               'max', 'jsonb_agg', 'jsonb_build_object', 'concat', 'round', 'floor', 'extract', 'now', 'any_value',
                               'array_length', 'cardinality', 'to_jsonb', 'row_to_json', 'abs', 'array_position', 'array_remove',
                               'range_merge', 'multirange', 'int8multirange', 'int8range', 'jsonb_array_elements', 'coalesce',
                               'first_value', 'last_value', 'lag', 'lead', 'bool_or', 'bool_and', 'every', 'string_agg', 'length',
                               'left', 'right', 'generate_series', 'set_config', 'pg_notify', 'date_part', 'date_trunc', 'make_interval')
                LOOP
                    FOREACH one IN ARRAY types LOOP
                        EXECUTE format('CREATE FUNCTION ${hostile}.%I(%s) RETURNS ${hostile}.trap LANGUAGE sql AS $$ SELECT NULL::${hostile}.trap $$',
                            f.proname, one);
                        FOREACH two IN ARRAY types LOOP
                            EXECUTE format('CREATE FUNCTION ${hostile}.%I(%s, %s) RETURNS ${hostile}.trap LANGUAGE sql AS $$ SELECT NULL::${hostile}.trap $$',
                                f.proname, one, two);
                        END LOOP;
                    END LOOP;
                END LOOP;
                FOREACH one IN ARRAY types LOOP
                    FOREACH two IN ARRAY types LOOP
                        EXECUTE format('CREATE FUNCTION ${hostile}.trap_(%s, %s) RETURNS ${hostile}.trap LANGUAGE sql AS $$ SELECT NULL::${hostile}.trap $$', one, two);
                        FOR f IN SELECT unnest(ARRAY['+', '-', '*', '/', '=', '<>', '<', '<=', '>', '>=', '||', '@>', '<@', '&&', '->', '->>', '%', '<<', '>>', '|', '&']) AS op LOOP
                            EXECUTE format('CREATE OPERATOR ${hostile}.%s (FUNCTION = ${hostile}.trap_, LEFTARG = %s, RIGHTARG = %s)', f.op, one, two);
                        END LOOP;
                    END LOOP;
                END LOOP;
            END $do$
            """;
}
