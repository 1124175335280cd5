package io.headrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.JobId;
import io.headrace.JobState;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Failed jobs: shown, retried, discarded. */
class FailedJobsTest {

    private final OwnSchema schema = OwnSchema.migrated();

    @AfterEach
    void audit() {
        schema.audit();
        schema.close();
    }

    @Test
    void aFailedJobIsShownWithItsFailureAndNoEscapeReachesTheTerminal() {
        String id = schema.failed(1).get(0).toString();

        Ran text = schema.run("jobs", "show", id, "--traces");
        assertThat(text.code()).isZero();
        assertThat(text.out())
                .contains(
                        "state       FAILED",
                        "queue       mail",
                        "payload     \"letter 0\"",
                        "priority    4",
                        "attempt     1 of 1")
                .contains("java.lang.IllegalStateException", "no \\u001b[31mstamp", "  \tat io.headrace.cli.OwnSchema")
                .doesNotContain("\u001b");

        assertThat(schema.run("jobs", "show", id).out()).doesNotContain("\tat ");
        assertThat(schema.run("jobs", "show", id, "--json").out())
                .startsWith("{\"id\":\"" + id + "\",\"state\":\"FAILED\",\"queue\":\"mail\",\"kind\":\"send-letter\"")
                .contains("\"payload\":\"\\\"letter 0\\\"\"", "\"message\":\"no \\u001B[31mstamp\"", "\"trace\":null")
                .hasLineCount(1);
    }

    @Test
    void namedJobsAreRetriedWithoutAQuestion() {
        List<JobId> ids = schema.failed(2);

        Ran ran = schema.run("jobs", "retry", ids.get(0).toString(), ids.get(0).toString());

        assertThat(ran).isEqualTo(new Ran(0, "matched  1\nretried  1\nraced    0\n", ""));
        assertThat(schema.state(ids.get(0))).isEqualTo(JobState.PENDING);
        assertThat(schema.state(ids.get(1))).isEqualTo(JobState.FAILED);

        Ran again =
                schema.run("jobs", "retry", ids.get(0).toString(), ids.get(1).toString(), "--json");
        assertThat(again.code()).as("one of the two is not a failed job").isEqualTo(3);
        assertThat(again.out())
                .isEqualTo("{\"matched\":1,\"retried\":1,\"raced\":0,\"prunedPastRetention\":0,\"operation\":null}\n");
    }

    @Test
    void inBulkThereIsAPreviewAndAQuestion() {
        List<JobId> ids = schema.failed(3);

        Ran no = schema.asked(true, "n\n", "jobs", "retry", "--queue", "mail");
        assertThat(no.code()).isEqualTo(1);
        assertThat(no.out()).isEmpty();
        assertThat(no.err()).isEqualTo("""
                        QUEUE  KIND         JOBS
                        mail   send-letter     3
                        Retry 3 failed jobs? [y/N] headrace: Nothing was changed.
                        """);
        assertThat(schema.asked(true, "", "jobs", "retry", "--queue", "mail").code())
                .isEqualTo(1);

        Ran nobody = schema.run("jobs", "discard", "--kind", "send-letter");
        assertThat(nobody.code()).isEqualTo(2);
        assertThat(nobody.err()).contains("There is no terminal to ask at. Pass --yes");
        assertThat(schema.state(ids.get(0))).isEqualTo(JobState.FAILED);

        Ran yes = schema.asked(true, "Yes\n", "jobs", "retry", "--queue", "mail");
        assertThat(yes.code()).isZero();
        assertThat(yes.out()).isEqualTo("matched  3\nretried  3\nraced    0\n");
        assertThat(ids).allMatch(id -> schema.state(id) == JobState.PENDING);
    }

    @Test
    void discardedJobsAreGivenUp() {
        List<JobId> ids = schema.failed(2);

        Ran ran = schema.run("jobs", "discard", "--kind", "send-letter", "--yes", "--json");

        assertThat(ran.code()).isZero();
        assertThat(ran.out())
                .startsWith("{\"matched\":2,\"discarded\":2,\"raced\":0,\"prunedPastRetention\":0,\"operation\":\"")
                .hasLineCount(1);
        assertThat(ids).allMatch(id -> schema.state(id) == JobState.DISCARDED);
    }

    @Test
    void jobsWithOneCauseAreRetried() {
        List<JobId> ids = schema.failed(2);
        String fingerprint = schema.operator()
                .find(ids.get(0))
                .block(OwnSchema.PATIENCE)
                .failures()
                .get(0)
                .fingerprint();

        Ran ran = schema.run("jobs", "retry", "--fingerprint", fingerprint, "--yes");

        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.out()).isEqualTo("matched  2\nretried  2\nraced    0\n");
        assertThat(schema.run("jobs", "retry", "--fingerprint", "x").code()).isEqualTo(2);
    }

    @Test
    void causesAreShownAndOneJobIsProbed() {
        List<JobId> ids = schema.failed(3);

        Ran causes = schema.run("failures");
        assertThat(causes.code()).as(causes.err()).isZero();
        assertThat(causes.out())
                .hasLineCount(2)
                .startsWith("FINGERPRINT       JOBS  ")
                .contains("send-letter  java.lang.IllegalStateException  ", "no \\u001b[31mstamp");
        String fingerprint = causes.out().lines().toList().get(1).replaceAll(" .*", "");
        assertThat(schema.run("failures", "--json").out())
                .startsWith("{\"causes\":[{\"fingerprint\":\"" + fingerprint + "\",\"errorType\":\"java.lang.")
                .contains("\"count\":3,\"atLeast\":false,\"kinds\":[\"send-letter\"],\"queues\":[\"mail\"]")
                .hasLineCount(1);

        Ran probe = schema.run("jobs", "retry", "--fingerprint", fingerprint, "--probe");
        assertThat(probe.code()).as(probe.err()).isZero();
        assertThat(probe.out()).isEqualTo(ids.get(2) + "\n");
        assertThat(ids).extracting(schema::state).containsExactly(JobState.FAILED, JobState.FAILED, JobState.PENDING);
        assertThat(schema.run("jobs", "retry", "--kind", "sned-letter", "--probe")
                        .code())
                .isEqualTo(3);
    }

    @Test
    void jobsAreFollowedAsTheyEnd() {
        List<JobId> ids = schema.failed(2);
        schema.run("jobs", "cancel", schema.run("enqueue", "count", "{}").out().strip());

        Ran tail = schema.run("tail", "--count", "2", "--failed", "--queue", "mail");

        assertThat(tail.code()).as(tail.err()).isZero();
        assertThat(tail.out().lines())
                .hasSize(2)
                .allMatch(line ->
                        line.matches("\\S+Z  \\S{13}  FAILED  mail  send-letter  1  java.lang.Illegal.*  no .*"))
                .anyMatch(line -> line.contains(ids.get(0).toString()))
                .anyMatch(line -> line.contains(ids.get(1).toString()));
        assertThat(schema.run("tail", "--count", "1", "--kind", "count", "--json")
                        .out())
                .contains("\"state\":\"CANCELLED\",\"queue\":\"default\",\"kind\":\"count\",\"attempt\":0,")
                .hasLineCount(1);
        assertThat(schema.run("tail", "--count", "0").code()).isEqualTo(2);
    }

    @Test
    void operationsAreListedShownAndStopped() {
        schema.failed(2);
        String json = schema.run("jobs", "discard", "--kind", "send-letter", "--yes", "--json")
                .out();
        String id = json.replaceAll("(?s).*\"operation\":\"|\".*", "");
        schema.run("enqueue", "send-letter", "{}", "--queue", "mail");
        schema.run("enqueue", "send-letter", "{}", "--queue", "mail", "--delay", "1h");

        Ran cancel = schema.run("jobs", "cancel", "--queue", "mail", "--kind", "send-letter", "--yes");
        assertThat(cancel.code()).as(cancel.err()).isZero();
        assertThat(cancel.out()).isEqualTo("matched    2\ncancelled  2\nraced      0\n");

        assertThat(schema.run("operations", "list").out().lines().map(line -> line.replaceAll(" +", " ")))
                .hasSize(3)
                .anySatisfy(line -> assertThat(line)
                        .startsWith(id + " DONE discard kind send-letter 2 2 0 0 " + System.getProperty("user.name")))
                .anySatisfy(line -> assertThat(line).contains(" DONE cancel kind send-letter queue mail 2 2 0 0 "));
        assertThat(schema.run("operations", "list", "--json").out())
                .startsWith("{\"operations\":[{\"id\":\"")
                .contains("\"action\":\"cancel\",\"ids\":[],\"kind\":\"send-letter\",\"queue\":\"mail\"");
        for (String verb : List.of("show", "watch", "stop")) {
            assertThat(schema.run("operations", verb, id).out())
                    .as(verb)
                    .contains("about       discard kind send-letter\n", "state       DONE\n", "matched     2\n");
            assertThat(schema.run("operations", verb, "0000000000Z00").code()).isEqualTo(3);
        }
    }

    @Test
    void aSelectionThatMatchesNothingEndsWithThree() {
        Ran ran = schema.run("jobs", "retry", "--kind", "sned-letter");

        assertThat(ran).isEqualTo(new Ran(3, "matched  0\nretried  0\nraced    0\n", ""));
    }

    @Test
    void whatWasPrunedPastItsRetentionIsTold() {
        JobId id = schema.failed(1).get(0);
        schema.execute("UPDATE %s.tombstone SET died_at = died_at - interval '400 days'");
        schema.prune();

        Ran ran = schema.run("jobs", "retry", "--kind", "send-letter", "--yes");

        assertThat(ran.code()).isEqualTo(3);
        assertThat(ran.err()).contains("headrace: warning: 1 more had failed, but were pruned past their retention");
        assertThat(schema.run("jobs", "show", id.toString()).code()).isEqualTo(3);
    }
}
