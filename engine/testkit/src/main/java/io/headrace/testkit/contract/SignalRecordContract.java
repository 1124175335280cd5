package io.headrace.testkit.contract;

import static io.headrace.testkit.contract.Draft.job;
import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.JobId;
import io.headrace.operate.JobRecord;
import io.headrace.operate.RecordedSignal;
import io.headrace.spi.ClaimedJob;
import io.headrace.spi.SignalReading.State;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a job waits for and has waited for, as people see it. */
abstract class SignalRecordContract extends SignalSuite {

    private List<RecordedSignal> signalsOf(JobId id) {
        return await(store().inspector().record(id)).signals();
    }

    private void send(String key, @Nullable String value) {
        assertThat(signal(key, value).created()).isTrue();
    }

    private RecordedSignal signalOf(JobId id) {
        assertThat(signalsOf(id)).hasSize(1);
        return signalsOf(id).get(0);
    }

    @Test
    void aJobThatWaitsNamesItsSignal() {
        JobId id = waiting(worker(), KEY);
        JobId other = enqueue(job());

        RecordedSignal waits = signalOf(id);
        assertThat(waits.key()).isEqualTo(KEY);
        assertThat(waits.state()).isEqualTo(RecordedSignal.State.WAITING);
        assertThat(waits.since()).isAfterOrEqualTo(id.createdAt());
        assertThat(waits.until())
                .isNotNull()
                .satisfies(until ->
                        assertThat(Duration.between(waits.since(), until)).isBetween(HOUR, HOUR.plusSeconds(1)));
        assertThat(waits.value()).isNull();
        assertThat(signalsOf(other)).isEmpty();
    }

    @Test
    void aSignalThatCameIsShownWithItsValue() {
        JobId id = waiting(worker(), KEY);
        send(KEY, "{\"paid\":12345678901234567890.10}");

        RecordedSignal came = signalOf(id);
        assertThat(came.state()).isEqualTo(RecordedSignal.State.SIGNALLED);
        assertThat(came.value()).isEqualToIgnoringWhitespace("{\"paid\":12345678901234567890.10}");
        assertThat(came.until()).isAfter(came.since());
    }

    @Test
    void aSignalWithoutAValueHasNone() {
        JobId id = waiting(worker(), KEY);
        send(KEY, null);

        assertThat(signalOf(id).state()).isEqualTo(RecordedSignal.State.SIGNALLED);
        assertThat(signalOf(id).value()).isNull();
    }

    @Test
    void aSignalThatWasReadWithoutAWaitHasNoTimeout() {
        JobId id = enqueue(job());
        send(KEY, "7");
        assertThat(state(id, KEY)).isEqualTo(State.SIGNALLED);

        assertThat(signalOf(id).state()).isEqualTo(RecordedSignal.State.SIGNALLED);
        assertThat(signalOf(id).value()).isEqualTo("7");
        assertThat(signalOf(id).until()).isNull();
    }

    @Test
    void aTimeoutIsOpenUntilItIsRead() {
        long worker = worker();
        JobId id = waiting(worker, KEY, Duration.ZERO);
        assertThat(claimAll(worker)).extracting(ClaimedJob::id).containsExactly(id.value());

        assertThat(signalOf(id).state()).isEqualTo(RecordedSignal.State.OPEN);
        assertThat(state(id, KEY)).isEqualTo(State.TIMED_OUT);
        assertThat(signalOf(id).state()).isEqualTo(RecordedSignal.State.TIMED_OUT);
        // Too late for this job, and so no value of its own.
        send(KEY, "7");
        assertThat(signalOf(id).state()).isEqualTo(RecordedSignal.State.TIMED_OUT);
        assertThat(signalOf(id).value()).isNull();
    }

    @Test
    void ofManySignalsTheLastAreShown() {
        JobId id = enqueue(job());
        List<String> keys = IntStream.rangeClosed(0, JobRecord.MOST_SIGNALS)
                .mapToObj(nr -> "part-" + (10 + nr))
                .toList();
        for (String key : keys) {
            send(key, "1");
            assertThat(state(id, key)).isEqualTo(State.SIGNALLED);
        }

        assertThat(signalsOf(id))
                .extracting(RecordedSignal::key)
                .containsExactlyElementsOf(keys.subList(1, keys.size()));
    }

    @Test
    void ofLongValuesTheLastAreShown() {
        JobId id = enqueue(job());
        String value = "\"" + "x".repeat(JobRecord.MOST_BYTES / 3) + "\"";
        for (int nr = 0; nr < 3; nr++) {
            send("part-" + nr, value);
            assertThat(state(id, "part-" + nr)).isEqualTo(State.SIGNALLED);
        }

        assertThat(signalsOf(id)).extracting(RecordedSignal::value).containsExactly(JobRecord.NOT_SHOWN, value, value);
    }
}
