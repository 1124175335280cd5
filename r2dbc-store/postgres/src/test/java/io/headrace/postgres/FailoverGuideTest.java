package io.headrace.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.JobClient;
import io.headrace.JobOperator;
import io.headrace.JobType;
import io.headrace.spi.ClaimRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** The statements of docs/guide-failover.md do what it says. */
class FailoverGuideTest {

    private static final Path GUIDE = Path.of("..", "..", "docs", "guide-failover.md");
    private static final Pattern SQL = Pattern.compile("```sql\n(.*?)```", Pattern.DOTALL);
    private static final JobType<String> GRIND = JobType.of("grind", String.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @OnEachServer
    void onAPausedCopyNothingRunsUntilItsQueuesAreResumed(TestServer server) throws IOException {
        List<String> statements = SQL.matcher(Files.readString(GUIDE))
                .results()
                .map(match -> match.group(1))
                .toList();
        assertThat(statements).hasSize(2);
        TestSchema schema = new TestSchema(server);
        try {
            JobClient client = JobClient.create(schema.store());
            client.enqueue(GRIND.job("was running")).block(PATIENCE);
            assertThat(claim(schema)).isEqualTo(1);
            client.enqueue(GRIND.job("was waiting")).block(PATIENCE);
            client.enqueue(GRIND.job("elsewhere").queue("north")).block(PATIENCE);

            schema.execute(statements.get(0).replace("headrace.", schema.name() + "."));
            assertThat(schema.number("SELECT sum(jobs) FROM ("
                            + statements.get(1).replace("headrace.", "%s.").replace(";", "") + ") AS shown"))
                    .isEqualTo(3);
            schema.passTime(Duration.ofHours(2));
            assertThat(schema.sweep().returned()).isEqualTo(1);
            assertThat(claim(schema)).isZero();

            JobOperator.create(schema.store()).resume("default").block(PATIENCE);
            assertThat(claim(schema)).as("the other is a suspect").isEqualTo(1);
            schema.audit();
        } finally {
            schema.close();
        }
    }

    private static int claim(TestSchema schema) {
        long worker = schema.store()
                .workers()
                .register("miller", Set.of("default"), Duration.ofHours(1), false)
                .block(PATIENCE);
        ClaimRequest.Terms terms = new ClaimRequest.Terms(3, Duration.ofHours(1));
        return schema.store()
                .leases()
                .claim(new ClaimRequest(worker, "default", Map.of("grind", terms), 100))
                .block(PATIENCE)
                .jobs()
                .size();
    }
}
