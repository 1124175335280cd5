package io.headrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.JobClient;
import io.headrace.JobId;
import io.headrace.JobType;
import io.headrace.PayloadTransform;
import io.headrace.PayloadTransform.Target;
import io.headrace.PayloadTransforms;
import io.headrace.TransformSubject;
import io.headrace.spi.SignalQuestion;
import io.headrace.spi.SignalReading;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is stored transformed is named for people, and whole for programs. */
class TransformedJobsTest {

    private final OwnSchema schema = OwnSchema.migrated();

    @AfterEach
    void audit() {
        schema.audit();
        schema.close();
    }

    /** Stands for any transform: nothing here decodes it. */
    private static final class Zeros implements PayloadTransform {
        @Override
        public String name() {
            return "zeros";
        }

        @Override
        public byte[] encode(byte[] json, Context context) {
            return new byte[6];
        }

        @Override
        public byte[] decode(byte[] stored, Context context) {
            return stored;
        }
    }

    private JobClient client() {
        return JobClient.builder(schema.store()).transform(new Zeros()).build();
    }

    private JobId enqueue() {
        return client().enqueue(JobType.of("send-letter", String.class).job("ada"))
                .block(OwnSchema.PATIENCE)
                .id();
    }

    private static String encoded(TransformSubject subject) {
        return PayloadTransforms.of(List.of(new Zeros()))
                .encodeValue("a value", new Target(subject, null, Map.of()), "1");
    }

    @Test
    void payloads() {
        String id = enqueue().toString();

        assertThat(schema.run("jobs", "show", id).out())
                .contains("payload     (stored transformed by zeros)")
                .doesNotContain("AAAAAAAA");
        assertThat(schema.run("jobs", "show", id, "--json").out())
                .contains("\"payload\":\"\\\"AAAAAAAA\\\"\"", "headrace.transform");
    }

    @Test
    void valuesOfStepsCursorsAndSignals() {
        JobId id = enqueue();
        client().signal("paid", "by card").block(OwnSchema.PATIENCE);
        schema.execute(("INSERT INTO %s.step (job, at, took_ms, attempt, name, value)"
                        + " VALUES (ID, now(), 1, 1, 'print', '" + encoded(TransformSubject.step(id, "print")) + "');"
                        + " INSERT INTO %s.job_cursor (job, nr, at, attempt, value)"
                        + " VALUES (ID, 1, now(), 1, '" + encoded(TransformSubject.cursor(id)) + "');"
                        + " INSERT INTO %s.awaited (job, since, until, outcome, key)"
                        + " VALUES (ID, now(), now(), 'SIGNALLED', 'paid')")
                .replace("ID", String.valueOf(id.value())));

        assertThat(schema.run("jobs", "show", id.toString()).out())
                .contains("cursor      (stored transformed by zeros)\n")
                .containsPattern("paid +SIGNALLED .* \\(stored transformed by zeros\\)\n")
                .containsPattern("print +1 .* \\(stored transformed by zeros\\)\n")
                .doesNotContain("AAAAAAAA");
        assertThat(schema.run("jobs", "show", id.toString(), "--json").out().split("AAAAAAAA", -1))
                .hasSize(5);
    }

    @Test
    void aSignalThatIsSentHereIsStoredAsItIs() {
        long job = enqueue().value();
        assertThat(schema.run("signal", "paid", "\"by card\"").code()).isZero();

        assertThat(schema.store()
                        .signals()
                        .read(List.of(new SignalQuestion(job, "paid")))
                        .block(OwnSchema.PATIENCE))
                .extracting(SignalReading::value)
                .containsExactly("\"by card\"");
    }
}
