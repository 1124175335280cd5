package io.headrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.JobEngine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** Queues: shown, paused, resumed. And the audit. */
class StatusTest {

    private final OwnSchema schema = OwnSchema.migrated();

    @AfterEach
    void close() {
        schema.close();
    }

    @Test
    void theStatusShowsQueuesWorkersAndTotals() {
        schema.failed(2);
        schema.run("enqueue", "count", "{}", "--queue", "night", "--delay", "1h");
        JobEngine engine = JobEngine.builder(schema.store())
                .name("one")
                .queue("mail", queue -> queue.concurrency(1))
                .subscribe(OwnSchema.LETTER, job -> Mono.empty())
                .build();
        engine.start().block(OwnSchema.PATIENCE);

        Ran text = schema.run("status");
        Ran json = schema.run("status", "--json");
        engine.stop().block(OwnSchema.PATIENCE);

        assertThat(text.code()).isZero();
        assertThat(text.out().lines())
                .contains(
                        "QUEUE  STATE   DUE  OLDEST DUE  SCHEDULED  LEASED  FAILED  WORKERS",
                        "mail   active    0  -                   0       0       2        1",
                        "night  active    0  -                   1       0       0        0",
                        "QUEUE  KIND         COMPLETED  FAILED  CANCELLED  DISCARDED  PRUNED FAILED",
                        "mail   send-letter          0       2          0          0              0")
                .anyMatch(line -> line.matches("[0-9A-Z]{13}  one +mail +\\S+Z  live +0 +0"));
        assertThat(json.out())
                .contains(
                        "{\"queue\":\"night\",\"paused\":false,\"due\":0,\"oldestDueSeconds\":null,\"scheduled\":1,"
                                + "\"leased\":0,\"failed\":0,\"workers\":0}",
                        "\"name\":\"one\",\"version\":null,\"queues\":[\"mail\"],\"kinds\":[\"send-letter\"],\"slots\":{\"mail\":1},",
                        "{\"queue\":\"mail\",\"kind\":\"send-letter\",\"completed\":0,\"failed\":2,\"cancelled\":0,"
                                + "\"discarded\":0,\"prunedFailed\":0}")
                .hasLineCount(1);
        schema.audit();
    }

    @Test
    void queuesArePausedAndResumed() {
        schema.run("enqueue", "send-letter", "{}", "--queue", "mail");

        assertThat(schema.run("queue", "pause", "mail")).isEqualTo(new Ran(0, "mail is paused\n", ""));
        assertThat(schema.run("status").out()).contains("mail   paused    1");
        assertThat(schema.run("queue", "resume", "mail", "--json"))
                .isEqualTo(new Ran(0, "{\"queues\":[{\"queue\":\"mail\",\"paused\":false}]}\n", ""));
        assertThat(schema.run("status").out()).contains("mail   active    1");
        schema.audit();
    }

    @Test
    void aQueueThatNobodyUsesIsWarnedAbout() {
        Ran ran = schema.run("queue", "pause", "mial");

        assertThat(ran.code()).isZero();
        assertThat(ran.err()).isEqualTo("headrace: warning: queue 'mial' has no jobs and no workers. Check its name\n");
        assertThat(schema.run("queue", "pause", " ").code()).isEqualTo(2);
        schema.audit();
    }

    @Test
    void theQueuesAreShownAsTheyMove() {
        schema.run("enqueue", "send-letter", "{}", "--queue", "mail");

        Ran once = schema.run("top", "--once");
        assertThat(once.code()).as(once.err()).isZero();
        assertThat(once.out().lines().map(line -> line.replaceAll(" +", " ")))
                .anyMatch(line -> line.startsWith("QUEUE DUE OLDEST SCHEDULED LEASED FAILED DONE/S"))
                .anyMatch(line -> line.startsWith("mail 1 "));

        Ran two = schema.run("top", "--count", "2", "--json");
        assertThat(two.code()).as(two.err()).isZero();
        assertThat(two.out().lines())
                .hasSize(2)
                .allMatch(line -> line.startsWith("{\"at\":\"")
                        && line.contains("\"queues\":[{\"queue\":\"mail\",\"paused\":false,\"due\":1,")
                        && line.contains("\"forecast\":{\"outlook\":"));
        assertThat(schema.run("top", "--once", "--count", "2").code()).isEqualTo(2);
        schema.audit();
    }

    @Test
    void engineStartsAreMarked() {
        schema.failed(1);

        assertThat(schema.run("marks").out().lines().map(line -> line.replaceAll(" +", " ")))
                .hasSize(2)
                .first()
                .isEqualTo("ENGINE VERSION STARTED ENDED END WORKER");
        assertThat(schema.run("marks", "--back", "1h", "--json").out())
                .startsWith("{\"marks\":[{\"worker\":\"")
                .contains("\"end\":\"STOPPED\"");
        assertThat(schema.run("marks", "--back", "0s").code()).isEqualTo(2);
        schema.audit();
    }

    @Test
    void decisionsAreLogged() {
        schema.run("queue", "pause", "mail");
        String id = schema.run("enqueue", "send-letter", "{}", "--queue", "mail")
                .out()
                .strip();
        schema.run("jobs", "cancel", id);

        Ran log = schema.run("log");

        assertThat(log.code()).as(log.err()).isZero();
        assertThat(log.out().lines().map(line -> line.replaceAll(" +", " ")))
                .hasSize(4)
                .first()
                .isEqualTo("NUMBER AT WHO ACTION SUBJECT COUNT ANSWER");
        String who = System.getProperty("user.name") + " (command line)";
        assertThat(schema.run("log", "--limit", "1", "--json").out())
                .contains("\"actor\":\"" + who + "\",\"action\":\"cancel\",\"subject\":\"" + id + "\"")
                .hasLineCount(1);
        assertThat(schema.run("log", "--before", "0", "--json").out()).isEqualTo("{\"decisions\":[]}\n");
        assertThat(schema.run("log", "--limit", "0").code()).isEqualTo(2);
        schema.audit();
    }

    @Test
    void theAuditCountsAndIsOk() {
        schema.failed(1);

        Ran ran = schema.run("audit");

        assertThat(ran.code()).isZero();
        assertThat(ran.out().lines()).contains("jobs        1", "tombstones  1", "audit       ok");
        assertThat(schema.run("audit", "--json").out())
                .startsWith("{\"ok\":true,\"jobs\":1,")
                .endsWith("\"findings\":[]}\n");
        schema.audit();
    }

    @Test
    void whatTheAuditFindsEndsWithFour() {
        String id = schema.run("enqueue", "send-letter", "{}").out().strip();
        schema.execute("DELETE FROM %s.pending");

        Ran ran = schema.run("audit");

        assertThat(ran.code()).isEqualTo(4);
        assertThat(ran.out()).contains("finding  1 in no place, such as " + id);
        assertThat(schema.run("audit", "--json").out())
                .contains("\"findings\":[{\"what\":\"NOWHERE\",\"count\":1,\"exampleJob\":\"" + id
                        + "\",\"schedule\":null}]");
        schema.execute("DELETE FROM %s.job");
        schema.audit();
    }
}
