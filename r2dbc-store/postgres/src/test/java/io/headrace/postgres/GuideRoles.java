package io.headrace.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The roles of docs/guide-operating.md, with the rights that it grants, as its statements stand there. */
abstract class GuideRoles {

    private static final Path GUIDE = Path.of("..", "..", "docs", "guide-operating.md");
    private static final Pattern BLOCK = Pattern.compile("```sql ?(\\w*)\n(.*?)```", Pattern.DOTALL);
    final TestSchema schema;
    final TestServer asApp;
    final TestServer asProducer;

    GuideRoles(TestServer server) {
        this.schema = TestSchema.reused(server).withSegments(1);
        this.asApp = as(server, schema.name() + "_app");
        this.asProducer = as(server, schema.name() + "_producer");
    }

    private static TestServer as(TestServer server, String role) {
        return new TestServer(server.name(), server.host(), server.port(), server.database(), role, "secret");
    }

    @BeforeEach
    void makeRoles() throws IOException {
        for (TestServer each : List.of(asApp, asProducer)) {
            schema.execute("CREATE ROLE " + each.user() + " LOGIN PASSWORD 'secret'");
        }
        // As a database that takes away what everybody has by default.
        schema.execute("REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA " + schema.name() + " FROM PUBLIC");
        for (String block : blocks("grants", "producer", "admin")) {
            schema.execute(block);
        }
    }

    @AfterEach
    void dropRoles() {
        for (TestServer each : List.of(asApp, asProducer)) {
            schema.execute("DROP OWNED BY " + each.user() + "; DROP ROLE " + each.user());
        }
        schema.close();
    }

    /** Those of the guide's statements that are marked so, for this schema and these roles. */
    List<String> blocks(String... marks) throws IOException {
        List<String> blocks = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(Files.readString(GUIDE).replaceAll("(?m)^ {3}", ""));
        while (matcher.find()) {
            if (List.of(marks).contains(matcher.group(1))) {
                blocks.add(matcher.group(2)
                        .replaceAll("\\bheadrace\\b", schema.name())
                        .replaceAll("\\bapp\\b", asApp.user())
                        .replaceAll("\\bproducer\\b", asProducer.user()));
            }
        }
        assertThat(blocks).as("blocks marked so").isNotEmpty();
        return blocks;
    }
}
