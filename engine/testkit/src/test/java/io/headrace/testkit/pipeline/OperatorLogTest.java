package io.headrace.testkit.pipeline;

import static io.headrace.testkit.pipeline.Mill.GRIND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.headrace.Enqueued;
import io.headrace.FailedJobs;
import io.headrace.InvalidSettingException;
import io.headrace.JobClient;
import io.headrace.JobId;
import io.headrace.JobOperator;
import io.headrace.StoreException;
import io.headrace.operate.Decision;
import io.headrace.schedule.Every;
import io.headrace.schedule.Schedule;
import io.headrace.schedule.UnknownScheduleException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.Disposable;

/** The operator log: every decision, before it is carried out, and its answer. */
class OperatorLogTest {

    @RegisterExtension
    final Mill mill = new Mill();

    private Unreliable store;
    private JobOperator desk;

    @BeforeEach
    void openTheDesk() {
        store = new Unreliable(mill.store());
        desk = JobOperator.builder(store.proxy()).name("ada").build();
    }

    private List<Decision> log() {
        return desk.decisions(null, 100).collectList().block();
    }

    private Decision last() {
        return log().get(0);
    }

    private JobId enqueue() {
        List<Enqueued> answers = new ArrayList<>();
        JobClient.create(mill.store()).enqueue(GRIND.job("rye")).subscribe(answers::add);
        mill.settleDown();
        return answers.get(0).id();
    }

    @Test
    void aDecisionSaysWhoWhatOnWhatAndWhatCameOfIt() {
        JobId id = enqueue();

        desk.cancel(id).block();

        assertThat(last())
                .isEqualTo(new Decision(last().id(), last().at(), "ada", "cancel", id.toString(), 1L, "cancelled"));
        assertThat(desk.cancel(id).block()).isNotNull();
        assertThat(last().count()).isZero();
        assertThat(last().answer()).isEqualTo("too late");
    }

    @Test
    void whatApplicationsCancelIsNotLogged() {
        JobClient.create(mill.store()).cancel(enqueue()).block();

        assertThat(log()).isEmpty();
    }

    @Test
    void manyIdsAreCutShort() {
        List<JobId> ids = IntStream.rangeClosed(1, 25).mapToObj(JobId::new).toList();

        desk.retryFailed(FailedJobs.byId(ids)).block();

        assertThat(last().subject()).startsWith(ids.get(0) + ", " + ids.get(1)).endsWith(ids.get(19) + " and 5 more");
        assertThat(last().answer()).isEqualTo("matched 0, done 0, raced 0, pruned 0");
    }

    @Test
    void aJobThatIsEnqueuedAtTheDeskIsLoggedWithoutItsPayload() {
        List<Enqueued> answers = new ArrayList<>();
        desk.enqueue(GRIND.job("secret")).subscribe(answers::add);
        mill.settleDown();

        assertThat(last().subject()).isEqualTo("a job of kind grind");
        assertThat(last().answer()).isEqualTo("created " + answers.get(0).id());
        assertThat(mill.find(answers.get(0).id()).payload()).contains("secret");
    }

    @Test
    void schedulesAreDecidedAboutAtTheDesk() {
        var schedules = desk.schedules();
        schedules
                .save(Schedule.of("hourly", Every.of(Duration.ofHours(1)), GRIND.job("rye")))
                .subscribe();
        mill.passUntil(() -> log().size() == 1 && last().answer() != null);
        schedules.pause("hourly").subscribe();
        mill.passUntil(() -> log().size() == 2 && last().answer() != null);

        assertThat(log()).extracting(Decision::action).containsExactly("pause schedule", "save schedule");
        assertThat(log()).extracting(Decision::answer).containsExactly("done", "created");
    }

    @Test
    void aDecisionThatFailsSaysSo() {
        List<Throwable> errors = new ArrayList<>();
        desk.schedules().pause("nightly").subscribe(nothing -> {}, errors::add);
        mill.passUntil(() -> !errors.isEmpty());

        assertThat(errors.get(0)).isInstanceOf(UnknownScheduleException.class);
        assertThat(last().answer()).startsWith("failed: There is no schedule 'nightly'");
    }

    @Test
    void nothingIsDecidedThatCannotBeLogged() {
        store.refuse("begin");

        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> desk.pause("default").block());

        assertThat(store.calls("pause")).isZero();
    }

    @Test
    void whatWasDecidedStandsIfItsAnswerCannotBeLogged() {
        JobId id = enqueue();
        store.refuse("answer");

        assertThat(desk.cancel(id).block()).isNotNull();

        assertThat(last().answer()).isNull();
    }

    @Test
    void aCallerThatLeavesIsLogged() {
        store.hold("pause");
        Disposable caller = desk.pause("default").subscribe();

        caller.dispose();

        assertThat(last().answer()).startsWith("abandoned");
    }

    @Test
    void aPageHasABound() {
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> desk.decisions(null, 1_001).blockLast());
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> desk.decisions(null, 0).blockLast());
    }

    @Test
    void anEnginePrunesTheLogEveryHour() {
        desk.pause("default").block();
        mill.start(e -> e.decisionRetention(Duration.ofDays(1)));

        mill.pass(Duration.ofHours(23));
        assertThat(log()).hasSize(1);
        mill.pass(Duration.ofHours(3));

        assertThat(log()).isEmpty();
    }
}
