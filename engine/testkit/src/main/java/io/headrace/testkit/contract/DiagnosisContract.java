package io.headrace.testkit.contract;

import static io.headrace.testkit.contract.Draft.QUEUE;
import static io.headrace.testkit.contract.Draft.job;
import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.operate.Diagnosis;
import io.headrace.operate.Problem;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a diagnosis says of the queues. What it says of its surroundings is up to the store. */
abstract class DiagnosisContract extends ContractSuite {

    private static final Duration DAY = Duration.ofDays(1);

    private Diagnosis diagnose() {
        return await(store().inspector().diagnose());
    }

    /** Those of one sort. */
    private List<String> problems(String code) {
        return diagnose().problems().stream()
                .filter(problem -> problem.code().equals(code))
                .map(Problem::what)
                .toList();
    }

    @Test
    void thereAreReadings() {
        assertThat(diagnose().readings())
                .isNotEmpty()
                .allSatisfy(reading -> assertThat(reading.value()).isNotBlank());
    }

    @Test
    void dueJobsOfAQueueWithoutAnEngineAreAProblem() {
        given(job().delay(Duration.ofHours(1)));
        assertThat(problems("NO_ENGINE_ON_QUEUE")).as("nothing is due").isEmpty();
        long worker = worker();
        passTime(Duration.ofHours(3));
        assertThat(problems("NO_ENGINE_ON_QUEUE")).as("there is an engine").isEmpty();

        unregister(worker);

        assertThat(problems("NO_ENGINE_ON_QUEUE"))
                .singleElement()
                .asString()
                .contains("'" + QUEUE + "'")
                .contains("for 2 h ");
    }

    @Test
    void anEngineThatIsSilentDoesNotCount() {
        assertThat(worker(Duration.ofMinutes(1))).isPositive();
        given(job());
        assertThat(problems("NO_ENGINE_ON_QUEUE")).isEmpty();

        passTime(Duration.ofMinutes(2));

        assertThat(problems("NO_ENGINE_ON_QUEUE")).hasSize(1);
    }

    @Test
    void aQueueThatIsPausedForADayIsAProblem() {
        finish(store().decisions().pause("weir"));
        passTime(DAY.minusMinutes(1));
        assertThat(problems("QUEUE_PAUSED")).isEmpty();

        passTime(Duration.ofMinutes(2));

        assertThat(problems("QUEUE_PAUSED")).singleElement().asString().contains("'weir'", "1 d 0 h");
        finish(store().decisions().resume("weir"));
        assertThat(problems("QUEUE_PAUSED")).isEmpty();
    }
}
