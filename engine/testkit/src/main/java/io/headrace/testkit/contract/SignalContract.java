package io.headrace.testkit.contract;

import static io.headrace.testkit.contract.Draft.job;
import static io.headrace.testkit.contract.Draft.jobs;
import static io.headrace.testkit.contract.Outcomes.completed;
import static io.headrace.testkit.contract.Outcomes.released;
import static io.headrace.testkit.contract.Outcomes.retried;
import static io.headrace.testkit.contract.Outcomes.snoozed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.headrace.JobId;
import io.headrace.JobState;
import io.headrace.signal.SignalAnswer;
import io.headrace.spi.ClaimedJob;
import io.headrace.spi.NewSignal;
import io.headrace.spi.Settlement;
import io.headrace.spi.SignalQuestion;
import io.headrace.spi.SignalReading;
import io.headrace.spi.SignalReading.State;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Jobs that wait for signals, and signals. */
abstract class SignalContract extends SignalSuite {

    @Test
    void aJobWaitsUntilItsTimeout() {
        long worker = worker();
        JobId id = waiting(worker, KEY);

        assertThat(find(id).state()).isEqualTo(JobState.PENDING);
        assertThat(claimAll(worker)).isEmpty();
        passTime(HOUR.plusSeconds(1));

        ClaimedJob again = claimOne(worker);
        assertThat(again.id()).isEqualTo(id.value());
        assertThat(again.attempt()).as("not charged").isEqualTo(1);
        assertThat(state(id, KEY)).isEqualTo(State.TIMED_OUT);
    }

    @Test
    void aSignalMakesAJobDueThatWaits() {
        long worker = worker();
        JobId id = waiting(worker, KEY);

        assertThat(signal(KEY, "{\"euros\": 12}")).isEqualTo(woke(1));

        assertThat(idsOf(claimAll(worker))).containsExactly(id);
        SignalReading reading = read(id, KEY);
        assertThat(reading.state()).isEqualTo(State.SIGNALLED);
        assertThat(reading.value()).isEqualTo("{\"euros\": 12}");
    }

    @Test
    void aSignalThatCameBeforeMakesAJobDueAtOnce() {
        long worker = worker();
        assertThat(signal(KEY, "1")).isEqualTo(KEPT);

        JobId id = waiting(worker, KEY);

        assertThat(idsOf(claimAll(worker))).containsExactly(id);
        assertThat(read(id, KEY)).isEqualTo(new SignalReading(State.SIGNALLED, "1", null));
    }

    @Test
    void aJobReadsASignalForWhichItNeverWaited() {
        assertThat(signal(KEY, "1")).isEqualTo(KEPT);
        JobId id = enqueue(job());

        assertThat(state(id, KEY)).isEqualTo(State.SIGNALLED);
        assertThat(state(id, "another")).isEqualTo(State.NONE);
    }

    @Test
    void aSignalAfterTheTimeoutWasReadDoesNotChangeIt() {
        long worker = worker();
        JobId id = waiting(worker, KEY);
        passTime(HOUR.plusSeconds(1));
        assertThat(idsOf(claimAll(worker))).containsExactly(id);
        assertThat(state(id, KEY)).isEqualTo(State.TIMED_OUT);

        assertThat(signal(KEY)).isEqualTo(KEPT);

        assertThat(state(id, KEY)).as("the same to every attempt").isEqualTo(State.TIMED_OUT);
    }

    @Test
    void aSignalThatComesBeforeTheTimeoutIsReadCounts() {
        long worker = worker();
        JobId id = waiting(worker, KEY);
        passTime(HOUR.plusSeconds(1));
        assertThat(idsOf(claimAll(worker))).containsExactly(id);

        assertThat(signal(KEY)).as("nobody was woken").isEqualTo(KEPT);

        assertThat(state(id, KEY)).isEqualTo(State.SIGNALLED);
    }

    @Test
    void aSignalTakesAJobWhoseTimeoutIsOverAndThatIsNotLeased() {
        long worker = worker();
        JobId id = waiting(worker, KEY);
        passTime(HOUR.plusSeconds(1));

        assertThat(signal(KEY)).isEqualTo(woke(1));

        assertThat(idsOf(claimAll(worker))).containsExactly(id);
        assertThat(state(id, KEY)).isEqualTo(State.SIGNALLED);
    }

    @Test
    void aJobThatWaitsAgainAfterItsTimeoutGetsTheSignal() {
        long worker = worker();
        JobId id = waiting(worker, KEY);
        passTime(HOUR.plusSeconds(1));
        ClaimedJob again = claimOne(worker);
        assertThat(state(id, KEY)).isEqualTo(State.TIMED_OUT);
        settle(worker, awaiting(again, KEY, HOUR));
        assertThat(state(id, KEY)).isEqualTo(State.NONE);

        assertThat(signal(KEY)).isEqualTo(woke(1));

        assertThat(state(id, KEY)).isEqualTo(State.SIGNALLED);
    }

    @Test
    void theFirstSignalWins() {
        long worker = worker();
        JobId first = waiting(worker, KEY);
        assertThat(signal(KEY, "\"first\"")).isEqualTo(woke(1));
        settle(worker, completed(claimOne(worker)));

        assertThat(signal(KEY, "\"second\"")).isEqualTo(KNOWN);

        JobId later = waiting(worker, KEY);
        assertThat(read(first, KEY).value()).isEqualTo("\"first\"");
        assertThat(read(later, KEY).value()).isEqualTo("\"first\"");
    }

    @Test
    void ofTwoSignalsAtOnceOneWins() {
        long worker = worker();
        JobId id = waiting(worker, KEY);

        List<SignalAnswer> answers =
                atOnce(8, caller -> store().signals().signal(new NewSignal(KEY, Integer.toString(caller), null)));

        assertThat(answers).filteredOn(SignalAnswer::created).containsExactly(woke(1));
        assertThat(answers).filteredOn(answer -> !answer.created()).hasSize(7).containsOnly(KNOWN);
        assertThat(read(id, KEY).value()).isEqualTo(Integer.toString(answers.indexOf(woke(1))));
    }

    @Test
    void aSignalNeedNoValue() {
        long worker = worker();
        JobId id = waiting(worker, KEY);

        assertThat(signal(KEY)).isEqualTo(woke(1));

        assertThat(read(id, KEY)).isEqualTo(new SignalReading(State.SIGNALLED, null, null));
    }

    @Test
    void theHeadersOfASignalComeWithIt() {
        JobId id = waiting(worker(), KEY);
        NewSignal signal = new NewSignal(KEY, null, "{\"traceparent\": \"00-1\"}");

        assertThat(await(store().signals().signal(signal))).isEqualTo(woke(1));

        assertThat(read(id, KEY).headers()).isEqualTo("{\"traceparent\": \"00-1\"}");
    }

    @Test
    void oneSignalWakesAllWhoWait() {
        long worker = worker();
        List<JobId> ids = enqueue(jobs(2_500));
        settle(
                worker,
                claimAll(worker).stream().map(job -> awaiting(job, KEY, HOUR)).toList());
        JobId other = waiting(worker, "another");

        assertThat(signal(KEY)).isEqualTo(woke(2_500));

        assertThat(idsOf(claimAll(worker))).containsExactlyInAnyOrderElementsOf(ids);
        assertThat(jobsAwaiting("another")).containsExactly(other);
    }

    @Test
    void manyJobsOfOneLeaseWaitForDifferentSignals() {
        long worker = worker();
        List<JobId> ids = enqueue(jobs(20));
        List<ClaimedJob> claimed = claimAll(worker);
        settle(
                worker,
                IntStream.range(0, 20)
                        .mapToObj(n -> switch (n % 4) {
                            case 0 -> awaiting(claimed.get(n), "key-" + n, HOUR);
                            case 1 -> completed(claimed.get(n));
                            case 2 -> snoozed(claimed.get(n), DAY);
                            default -> retried(claimed.get(n), DAY);
                        })
                        .toList());

        assertThat(signal("key-8")).isEqualTo(woke(1));

        assertThat(idsOf(claimAll(worker))).containsExactly(ids.get(8));
        assertThat(find(ids.get(1)).state()).isEqualTo(JobState.COMPLETED);
        assertThat(find(ids.get(4)).runAt()).isBefore(find(ids.get(2)).runAt());
    }

    @Test
    void severalQuestionsAreAnsweredInTheirOrder() {
        long worker = worker();
        JobId first = waiting(worker, "a");
        JobId second = waiting(worker, "b");
        assertThat(signal("b", "2")).isEqualTo(woke(1));

        List<SignalReading> answers = await(store().signals()
                .read(List.of(
                        new SignalQuestion(second.value(), "b"),
                        new SignalQuestion(first.value(), "a"),
                        new SignalQuestion(second.value(), "b"))));

        assertThat(answers)
                .extracting(SignalReading::state)
                .containsExactly(State.SIGNALLED, State.NONE, State.SIGNALLED);
        assertThat(await(store().signals().read(List.of()))).isEmpty();
    }

    @Test
    void aWaitUnderALostLeaseIsLate() {
        long worker = worker();
        JobId id = enqueue(job());
        ClaimedJob claimed = claimOne(worker);
        settle(worker, released(claimed));

        Settlement late = awaiting(claimed, KEY, HOUR);
        Settlement foreign = awaiting(claimOne(worker), KEY, HOUR);
        assertThat(settleLate(worker, late)).containsExactly(late);
        assertThat(settleLate(worker(), foreign)).containsExactly(foreign);

        assertThat(signal(KEY)).isEqualTo(KEPT);
        assertThat(find(id).state()).isEqualTo(JobState.LEASED);
    }

    @Test
    void aJobThatIsNamedTwiceInAFlushWaitsOnce() {
        long worker = worker();
        JobId id = enqueue(job());
        ClaimedJob claimed = claimOne(worker);
        Settlement wait = awaiting(claimed, KEY, HOUR);
        Settlement again = completed(claimed);

        assertThat(settleLate(worker, wait, again)).containsExactly(again);

        assertThat(jobsAwaiting(KEY)).containsExactly(id);
    }

    @Test
    void aJobWithoutTimeToWaitIsDueAtOnce() {
        long worker = worker();
        JobId id = waiting(worker, KEY, Duration.ZERO);
        passTime(Duration.ofMillis(1));

        assertThat(idsOf(claimAll(worker))).containsExactly(id);
        assertThat(state(id, KEY)).isEqualTo(State.TIMED_OUT);
    }

    @Test
    void theTimeoutIsTheDueTime() {
        JobId now = enqueue(job());
        long worker = worker();
        settle(worker, snoozed(claimOne(worker), DAY));
        JobId id = waiting(worker, KEY, DAY);

        assertThat(find(id).runAt()).isCloseTo(find(now).runAt(), within(30, ChronoUnit.SECONDS));
    }

    @Test
    void anyKeyIsAKey() {
        List<String> keys = List.of(
                "*",
                "%",
                "_",
                "'",
                "\"",
                "\\",
                "$1",
                "\uD83D\uDC1F",
                "ü",
                "a b",
                "null",
                "{\"a\":1}",
                "${schema}",
                "x/y?z#");
        long worker = worker();
        List<JobId> ids = keys.stream().map(key -> waiting(worker, key)).toList();

        for (int n = 0; n < keys.size(); n++) {
            assertThat(jobsAwaiting(keys.get(n))).as(keys.get(n)).containsExactly(ids.get(n));
            assertThat(signal(keys.get(n), "1")).as(keys.get(n)).isEqualTo(woke(1));
            assertThat(state(ids.get(n), keys.get(n))).isEqualTo(State.SIGNALLED);
            assertThat(idsOf(claimAll(worker))).as(keys.get(n)).containsExactly(ids.get(n));
        }
    }

    @Test
    void aKeyMayHave200Characters() {
        String key = "\uD83D\uDC1F".repeat(100);
        JobId id = waiting(worker(), key);
        JobId other = waiting(worker(), "x" + key.substring(0, 198));

        assertThat(signal(key)).isEqualTo(woke(1));

        assertThat(state(id, key)).isEqualTo(State.SIGNALLED);
        assertThat(find(other).state()).isEqualTo(JobState.PENDING);
    }
}
