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
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
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
        try (Connection connection = schema.server().jdbc();
                Statement session = connection.createStatement()) {
            session.execute("SET ROLE " + asApp.user());
            List<Prepared> statements = prepared(session);
            assertThat(refused(session, statements)).isEmpty();
            for (String right : rights()) {
                schema.execute("REVOKE " + right + " FROM " + asApp.user());
                assertThat(refused(session, likeliestFirst(statements, right)))
                        .as("refused without " + right)
                        .isNotEmpty();
                schema.execute("GRANT " + right + " TO " + asApp.user());
            }
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

    /** A statement, and what explains it: it asks for the same rights as running it, save for the sequence within the function. */
    private record Prepared(String sql, String explain) {}

    private List<Prepared> prepared(Statement session) throws SQLException {
        List<Prepared> prepared = new ArrayList<>();
        String block = "SELECT " + schema.name() + ".next_block()";
        prepared.add(new Prepared(block, block));
        Statements all = Statements.of(new SchemaName(schema.name()));
        for (String file : StatementFiles.statements()) {
            String name = file.replace('/', '_');
            String sql = all.named(file);
            session.execute("PREPARE " + name + " AS " + sql);
            prepared.add(new Prepared(sql, "EXPLAIN EXECUTE " + name + nulls(parameters(session, name))));
        }
        return prepared;
    }

    /** Those first that name what the right is on: the others need not be explained once one is refused. */
    private static List<Prepared> likeliestFirst(List<Prepared> statements, String right) {
        String name = right.replaceAll(".* ON (\\w+ )?(\\w+\\.)?(\\w+).*", "$3");
        return Stream.concat(
                        statements.stream().filter(statement -> statement.sql().contains(name)),
                        statements.stream().filter(statement -> !statement.sql().contains(name)))
                .toList();
    }

    private static int parameters(Statement session, String name) throws SQLException {
        try (ResultSet found =
                session.executeQuery("SELECT cardinality(parameter_types) FROM pg_prepared_statements WHERE name = '"
                        + name.toLowerCase(Locale.ROOT) + "'")) {
            found.next();
            return found.getInt(1);
        }
    }

    private static String nulls(int parameters) {
        return parameters == 0 ? "" : "(" + String.join(", ", Collections.nCopies(parameters, "NULL")) + ")";
    }

    /** The first that the role may not run. */
    private static Optional<String> refused(Statement session, List<Prepared> statements) throws SQLException {
        for (Prepared statement : statements) {
            try {
                session.execute(statement.explain());
            } catch (SQLException e) {
                if (e.getSQLState().equals("42501")) {
                    return Optional.of(statement.explain());
                }
                throw e;
            }
        }
        return Optional.empty();
    }
}
