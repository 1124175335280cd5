package io.headrace.testkit.contract;

import static io.headrace.testkit.contract.Draft.job;
import static io.headrace.testkit.contract.Draft.jobs;
import static io.headrace.testkit.contract.Outcomes.retried;
import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.JobId;
import io.headrace.spi.ClaimedJob;
import io.headrace.spi.JobSteps;
import io.headrace.spi.NewStep;
import io.headrace.spi.StoredStep;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** What steps of jobs returned: recorded as it was, and read again. */
abstract class StepContract extends StepSuite {

    @Test
    void ofAJobThatHasNoneNothingIsRead() {
        JobId id = enqueue(job());

        assertThat(stepsOf(id)).isEqualTo(JobSteps.none(id.value()));
        assertThat(await(store().steps().read(List.of(1L, 2L))))
                .containsExactlyInAnyOrder(JobSteps.none(1), JobSteps.none(2));
    }

    @Test
    void whatAStepReturnedIsRead() {
        long worker = worker();
        given(jobs(2));
        List<ClaimedJob> claimed = claimAll(worker);
        ClaimedJob first = claimed.get(0);

        record(worker, step(first, "charge", "{\"receipt\":\"r-1\"}"));

        assertThat(stepsOf(first).steps()).hasSize(1);
        StoredStep step = stepsOf(first).steps().get(0);
        assertThat(step.name()).isEqualTo("charge");
        assertThat(step.value()).isEqualTo("{\"receipt\":\"r-1\"}");
        assertThat(step.attempt()).isEqualTo(1);
        assertThat(step.took()).isEqualTo(Duration.ofMillis(7));
        assertThat(step.at()).isAfterOrEqualTo(new JobId(first.id()).createdAt());
        assertThat(stepsOf(claimed.get(1)).steps()).isEmpty();
    }

    @Test
    void anEmptyStepIsRecordedAsEmpty() {
        long worker = worker();
        given(job());
        ClaimedJob claimed = claimOne(worker);

        record(worker, step(claimed, "ship", null));

        assertThat(stepsOf(claimed).steps()).hasSize(1).allMatch(step -> step.value() == null);
    }

    @Test
    void stepsAreReadInTheirOrder() {
        long worker = worker();
        given(job());
        ClaimedJob claimed = claimOne(worker);

        for (String name : List.of("weigh", "grind", "sift", "bag")) {
            record(worker, step(claimed, name, "1"));
        }

        assertThat(namesOf(stepsOf(claimed))).containsExactly("weigh", "grind", "sift", "bag");
    }

    @Test
    void aStepNamesTheAttemptInWhichItRan() {
        long worker = worker();
        JobId id = enqueue(job());
        ClaimedJob first = claimOne(worker);
        record(worker, step(first, "weigh", "1"));
        settle(worker, retried(first, Duration.ZERO));

        record(worker, step(claimOne(worker), "grind", "2"));

        assertThat(stepsOf(id).steps()).extracting(StoredStep::attempt).containsExactly(1, 2);
    }

    @Test
    void manyAreRecordedTogether() {
        long worker = worker();
        given(jobs(300));
        List<ClaimedJob> claimed = claimAll(worker);
        List<NewStep> steps = new ArrayList<>();
        for (ClaimedJob each : claimed) {
            for (String name : List.of("weigh", "grind", "sift")) {
                steps.add(step(each, name, "{\"job\":" + each.id() + ",\"step\":\"" + name + "\"}"));
            }
        }

        record(worker, steps.toArray(NewStep[]::new));

        List<JobSteps> read =
                await(store().steps().read(claimed.stream().map(ClaimedJob::id).toList()));
        assertThat(read).hasSize(300).allSatisfy(job -> {
            assertThat(namesOf(job)).containsExactlyInAnyOrder("weigh", "grind", "sift");
            assertThat(job.steps())
                    .allMatch(step ->
                            ("{\"job\":" + job.job() + ",\"step\":\"" + step.name() + "\"}").equals(step.value()));
        });
    }

    @Test
    void aStepThatIsSentAgainIsRecordedOnce() {
        long worker = worker();
        given(job());
        ClaimedJob claimed = claimOne(worker);
        record(worker, step(claimed, "charge", "1"));

        record(worker, step(claimed, "charge", "1"), step(claimed, "ship", null));

        assertThat(namesOf(stepsOf(claimed))).containsExactly("charge", "ship");
    }

    @Test
    void callsAtOnceRecordAll() {
        long worker = worker();
        given(jobs(20));
        List<ClaimedJob> claimed = claimAll(worker);

        List<List<NewStep>> late = atOnce(
                8,
                caller -> store().steps()
                        .record(
                                worker,
                                claimed.stream()
                                        .map(each -> step(each, "part " + caller, "{}"))
                                        .toList()));

        assertThat(late).allMatch(List::isEmpty);
        assertThat(claimed).allMatch(each -> stepsOf(each).steps().size() == 8);
    }

    @Test
    void namesAndValuesAreReadAsTheyWere() {
        long worker = worker();
        given(job());
        ClaimedJob claimed = claimOne(worker);
        List<String> hostile = List.of(
                "x",
                "größer als 1 €, \uD83C\uDF3E\n\t\"'\\",
                "'; DROP TABLE step; --",
                "${schema} $1 %s",
                "{a,b}",
                "NULL",
                "null",
                " \\N",
                "n".repeat(200));
        for (int i = 0; i < hostile.size(); i++) {
            String json = "\""
                    + hostile.get(i)
                            .replace("\\", "\\\\")
                            .replace("\"", "\\\"")
                            .replace("\n", "\\n")
                            .replace("\t", "\\t")
                    + "\"";
            record(worker, step(claimed, hostile.get(i), json));

            StoredStep step = stepsOf(claimed).steps().get(i);
            assertThat(step.name()).isEqualTo(hostile.get(i));
            assertThat(step.value()).isEqualTo(json);
        }
    }

    @Test
    void anyJsonIsReadAsItWasWritten() {
        long worker = worker();
        given(job());
        ClaimedJob claimed = claimOne(worker);
        List<String> values = List.of(
                "0",
                "-1e300",
                "12345678901234567890.12345",
                "true",
                "null",
                "[]",
                "{}",
                "\"\"",
                "{ \"b\": 1, \"a\": [2] }");
        values.forEach(value -> record(worker, step(claimed, value, value)));

        assertThat(stepsOf(claimed).steps()).extracting(StoredStep::value).containsExactlyElementsOf(values);
    }

    /** A megabyte each: more than one answer has room for. */
    @Test
    void whatIsMuchIsReadBitByBit() {
        long worker = worker();
        given(jobs(12));
        List<ClaimedJob> claimed = claimAll(worker);
        String value = "\"" + "0123456789abcdef".repeat(4_000) + "\"";
        for (ClaimedJob each : claimed) {
            record(
                    worker,
                    IntStream.range(0, 16)
                            .mapToObj(nr -> step(each, "page " + nr, value))
                            .toArray(NewStep[]::new));
        }
        List<Long> wanted = new ArrayList<>(claimed.stream().map(ClaimedJob::id).toList());

        while (!wanted.isEmpty()) {
            List<JobSteps> answer = await(store().steps().read(wanted));
            assertThat(answer).isNotEmpty().allMatch(job -> job.steps().size() == 16);
            wanted.removeAll(answer.stream().map(JobSteps::job).toList());
        }
    }

    @Test
    void nothingIsRecordedBeforeSubscription() {
        long worker = worker();
        given(job());
        ClaimedJob claimed = claimOne(worker);

        Mono<List<NewStep>> record = store().steps().record(worker, List.of(step(claimed, "charge", "1")));

        assertThat(stepsOf(claimed).steps()).isEmpty();
        assertThat(await(record)).isEmpty();
        assertThat(stepsOf(claimed).steps()).hasSize(1);
    }
}
