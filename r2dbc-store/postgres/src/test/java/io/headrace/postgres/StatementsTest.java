package io.headrace.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every statement is understood by every server, on the schema as migrated. */
class StatementsTest {

    static List<TestServer> servers() {
        return TestServer.all();
    }

    @ParameterizedTest
    @MethodSource("servers")
    void areAllUnderstood(TestServer server) throws ReflectiveOperationException {
        TestSchema schema = new TestSchema(server);
        try {
            Statements statements = Statements.of(new SchemaName(schema.name()));
            List<String> prepared = new ArrayList<>();
            for (RecordComponent statement : Statements.class.getRecordComponents()) {
                String sql = (String) statement.getAccessor().invoke(statements);
                schema.execute("PREPARE " + statement.getName() + " AS " + sql);
                prepared.add(statement.getName());
                assertThat(sql).as("schema-qualified").doesNotContain("${");
            }
            assertThat(prepared).hasSize(29);
        } finally {
            schema.close();
        }
    }
}
