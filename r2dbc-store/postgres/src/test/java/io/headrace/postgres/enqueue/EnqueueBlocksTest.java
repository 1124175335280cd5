package io.headrace.postgres.enqueue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.headrace.Enqueued;
import io.headrace.InvalidJobException;
import io.headrace.NewJob;
import io.headrace.postgres.TestSchema;
import io.headrace.postgres.TestServer;
import io.headrace.spi.EncodedJob;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class EnqueueBlocksTest {

    private static final String LONG = '"' + "x".repeat((1 << 20) - 2) + '"';

    private static EncodedJob job(String payload) {
        return new EncodedJob(
                "default", "grind", NewJob.DEFAULT_PRIORITY, Duration.ZERO, null, payload, null, null, null);
    }

    private static List<Integer> sizes(List<EncodedJob> jobs) {
        return EnqueueBlocks.of(jobs).stream().map(List::size).toList();
    }

    @Test
    void aStatementTakesABlockOfIdsAtMost() {
        assertThat(sizes(Collections.nCopies(2_100, job("1")))).containsExactly(1_024, 1_024, 52);
    }

    @Test
    void aStatementTakesEightMebiAtMostAndAJobThatIsLongerGoesAlone() {
        List<EncodedJob> jobs = new ArrayList<>(Collections.nCopies(10, job(LONG)));
        jobs.add(3, job('"' + "x".repeat(9 << 20) + '"'));

        assertThat(sizes(jobs)).containsExactly(3, 1, 7);
    }

    @Test
    void whatFitsIsNotCopied() {
        List<EncodedJob> jobs = Collections.nCopies(8, job(LONG));

        assertThat(EnqueueBlocks.of(jobs)).singleElement().isSameAs(jobs);
    }

    @Test
    void oneCallOfManyLongJobsIsThereAsAWholeOrNotAtAll() {
        TestSchema schema = new TestSchema(TestServer.newest());
        try {
            List<EncodedJob> jobs = new ArrayList<>(Collections.nCopies(20, job(LONG)));
            List<Enqueued> answers = schema.store().intake().enqueue(jobs, 0).block();
            assertThat(answers).hasSize(20).doesNotHaveDuplicates();

            jobs.add(job("not JSON"));
            assertThatExceptionOfType(InvalidJobException.class)
                    .isThrownBy(() -> schema.store().intake().enqueue(jobs, 0).block());

            assertThat(schema.number("SELECT count(*) FROM %s.job")).isEqualTo(20);
            schema.audit();
        } finally {
            schema.close();
        }
    }
}
