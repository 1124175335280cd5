package io.headrace.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.postgres.sql.SchemaName;
import io.headrace.postgres.sql.Statements;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The rights that docs/guide-operating.md grants are the least that an engine can do with. */
@OnEachServer
@Tag("slow")
class LeastRightsTest extends GuideRoles {

    private static final Pattern GRANT =
            Pattern.compile("GRANT ([A-Z, ]+) ON ((?:SCHEMA|SEQUENCE|FUNCTION)?)\\s*(.+?) TO ", Pattern.DOTALL);

    LeastRightsTest(TestServer server) {
        super(server);
    }

    @Test
    void eachRightOfAnEngineIsNeeded() throws Exception {
        assertThat(refused(Map.of())).isEmpty();
        for (String right : rights()) {
            assertThat(refused(Map.of("REVOKE " + right + " FROM ", "GRANT " + right + " TO ")))
                    .as("refused without " + right)
                    .isNotEmpty();
        }
    }

    /** While a right is taken away, a diagnosis names it. */
    @Test
    void eachRightOfAnEngineIsMissedByTheDoctor() throws Exception {
        PostgresDoctor doctor = PostgresDoctor.of(asApp.connectionFactory()).schema(schema.name());
        assertThat(missed(doctor)).isEmpty();
        for (String right : rights()) {
            schema.execute("REVOKE " + right + " FROM " + asApp.user());
            assertThat(missed(doctor)).as("missed without " + right).hasSize(1);
            schema.execute("GRANT " + right + " TO " + asApp.user());
        }
    }

    private static List<String> missed(PostgresDoctor doctor) {
        return doctor.diagnose().block(Duration.ofSeconds(30)).problems().stream()
                .filter(problem -> problem.code().equals("RIGHTS_MISSING"))
                .map(problem -> problem.what())
                .toList();
    }

    /** Each right by itself: {@code SELECT ON table}. */
    private List<String> rights() throws IOException {
        List<String> rights = new ArrayList<>();
        for (String block : blocks("grants")) {
            Matcher grant = GRANT.matcher(block);
            while (grant.find()) {
                String sort = grant.group(2).isEmpty() ? "" : grant.group(2) + " ";
                // Not at the commas between a function's parameters.
                for (String on : grant.group(3).split(",\\s*(?![^(]*\\))", -1)) {
                    for (String right : grant.group(1).split(", ", -1)) {
                        rights.add(right + " ON " + sort + on.strip());
                    }
                }
            }
        }
        assertThat(rights).hasSizeGreaterThan(40);
        return rights;
    }

    /** The statements that the role may not run, while a right is taken away. */
    private List<String> refused(Map<String, String> takenAndGiven) throws Exception {
        List<String> refused = new ArrayList<>();
        try (Connection connection = schema.server().jdbc();
                Statement statement = connection.createStatement()) {
            for (String take : takenAndGiven.keySet()) {
                statement.execute(take + asApp.user());
            }
            statement.execute("SET ROLE " + asApp.user());
            for (Map.Entry<String, String> each : statements().entrySet()) {
                if (isRefused(statement, each.getKey(), each.getValue())) {
                    refused.add(each.getKey());
                }
            }
            statement.execute("RESET ROLE");
            for (String give : takenAndGiven.values()) {
                statement.execute(give + asApp.user());
            }
        }
        return refused;
    }

    /** By the names of their rooms and files. */
    private Map<String, String> statements() {
        Map<String, String> statements = new LinkedHashMap<>();
        Statements all = Statements.of(new SchemaName(schema.name()));
        for (String name : StatementFiles.statements()) {
            statements.put(name.replace('/', '_'), all.named(name));
        }
        return statements;
    }

    /** Explaining a statement asks for the same rights as running it, save for the sequence within the function. */
    private boolean isRefused(Statement session, String name, String sql) throws SQLException {
        try {
            if (name.equals("enqueue_enqueue")) {
                session.execute("SELECT " + schema.name() + ".next_block()");
            }
            session.execute("PREPARE " + name + " AS " + sql);
            int parameters;
            try (ResultSet found = session.executeQuery(
                    "SELECT cardinality(parameter_types) FROM pg_prepared_statements WHERE name = '"
                            + name.toLowerCase(Locale.ROOT) + "'")) {
                found.next();
                parameters = found.getInt(1);
            }
            String nulls =
                    parameters == 0 ? "" : "(" + String.join(", ", Collections.nCopies(parameters, "NULL")) + ")";
            session.execute("EXPLAIN EXECUTE " + name + nulls);
            return false;
        } catch (SQLException e) {
            if (e.getSQLState().equals("42501")) {
                return true;
            }
            throw e;
        }
    }
}
