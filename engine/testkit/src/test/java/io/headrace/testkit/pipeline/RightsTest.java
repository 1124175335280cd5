package io.headrace.testkit.pipeline;

import static io.headrace.testkit.pipeline.Mill.GRIND;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.headrace.FailedJobs;
import io.headrace.InvalidJobException;
import io.headrace.JobEngine;
import io.headrace.JobId;
import io.headrace.JobOperator;
import io.headrace.JobOutcome;
import io.headrace.JobSnapshot;
import io.headrace.JobType;
import io.headrace.NewJob;
import io.headrace.bulk.BulkAction;
import io.headrace.bulk.BulkOperator;
import io.headrace.bulk.WaitingJobs;
import io.headrace.operate.Actor;
import io.headrace.operate.Decision;
import io.headrace.operate.EndedFilter;
import io.headrace.operate.JobFilter;
import io.headrace.operate.NotPermittedException;
import io.headrace.operate.Right;
import io.headrace.schedule.Every;
import io.headrace.schedule.Schedule;
import io.headrace.schedule.ScheduleOperator;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Every method of the desk checks the right that it needs. A method that is not listed here fails the test. */
class RightsTest {

    /** Those that only lead to others, or give rights rather than need one. */
    private static final Set<String> FREE = Set.of(
            "JobOperator.as",
            "JobOperator.schedules",
            "JobOperator.bulk",
            // It needs the right that its operation needs; see below.
            "BulkOperator.stop");

    private static final Map<String, Right> NEEDS = Map.ofEntries(
            entry("JobOperator.cancel", Right.CANCEL),
            entry("JobOperator.retryFailed", Right.RETRY),
            entry("JobOperator.runNow", Right.RETRY),
            entry("JobOperator.probe", Right.RETRY),
            entry("JobOperator.discard", Right.DISCARD),
            entry("JobOperator.pause", Right.PAUSE),
            entry("JobOperator.resume", Right.PAUSE),
            entry("JobOperator.enqueue", Right.ENQUEUE),
            entry("JobOperator.signal", Right.SIGNAL),
            entry("JobOperator.awaiting", Right.VIEW),
            entry("JobOperator.jobs", Right.VIEW),
            entry("JobOperator.find", Right.VIEW),
            entry("JobOperator.record", Right.VIEW),
            entry("JobOperator.why", Right.VIEW),
            entry("JobOperator.failureCauses", Right.VIEW),
            entry("JobOperator.queues", Right.VIEW),
            entry("JobOperator.workers", Right.VIEW),
            entry("JobOperator.totals", Right.VIEW),
            entry("JobOperator.audit", Right.VIEW),
            entry("JobOperator.activity", Right.VIEW),
            entry("JobOperator.live", Right.VIEW),
            entry("JobOperator.ended", Right.VIEW),
            entry("JobOperator.marks", Right.VIEW),
            entry("JobOperator.decisions", Right.VIEW),
            entry("JobOperator.diagnose", Right.VIEW),
            entry("BulkOperator.start", Right.RETRY),
            entry("BulkOperator.find", Right.VIEW),
            entry("BulkOperator.list", Right.VIEW),
            entry("BulkOperator.watch", Right.VIEW),
            entry("BulkOperator.preview", Right.VIEW),
            entry("ScheduleOperator.save", Right.SCHEDULE),
            entry("ScheduleOperator.list", Right.VIEW),
            entry("ScheduleOperator.find", Right.VIEW),
            entry("ScheduleOperator.pause", Right.SCHEDULE),
            entry("ScheduleOperator.resume", Right.SCHEDULE),
            entry("ScheduleOperator.remove", Right.SCHEDULE),
            entry("ScheduleOperator.runNow", Right.SCHEDULE),
            entry("ScheduleOperator.preview", Right.VIEW),
            entry("ScheduleOperator.backfill", Right.SCHEDULE),
            entry("ScheduleOperator.fires", Right.VIEW));

    private static final Schedule HOURLY = Schedule.of("hourly", Every.of(Duration.ofHours(1)), GRIND.job("rye"));

    private static final JobType<String> TEXTS = JobType.of("numbers", String.class);
    private static final JobType<Integer> NUMBERS = JobType.of("numbers", Integer.class);

    private static final BulkAction RETRY = new BulkAction.Retry(FailedJobs.ofKind("grind"));

    /** What each type of parameter is given. */
    private static final Map<Class<?>, Object> ARGUMENTS = Map.ofEntries(
            entry(JobId.class, new JobId(1)),
            entry(JobFilter.class, JobFilter.any()),
            entry(EndedFilter.class, EndedFilter.any()),
            entry(FailedJobs.class, FailedJobs.ofKind("grind")),
            entry(BulkAction.class, RETRY),
            entry(String.class, "hourly"),
            entry(Object.class, "flour"),
            entry(NewJob.class, GRIND.job("rye")),
            entry(Long.class, 10L),
            entry(int.class, 3),
            entry(Duration.class, Duration.ofHours(1)),
            entry(Schedule.class, HOURLY),
            entry(Instant.class, Instant.parse("2026-01-01T00:00:00Z")));

    @RegisterExtension
    final Mill mill = new Mill();

    static Stream<String> methods() {
        return desk().keySet().stream().filter(name -> !FREE.contains(name));
    }

    private static Map<String, Method> desk() {
        Map<String, Method> methods = new LinkedHashMap<>();
        Stream.of(JobOperator.class, ScheduleOperator.class, BulkOperator.class)
                .flatMap(type -> Arrays.stream(type.getMethods()))
                .filter(method -> !Modifier.isStatic(method.getModifiers()))
                .forEach(method -> {
                    String name = method.getDeclaringClass().getSimpleName() + "." + method.getName();
                    assertThat(methods.put(name, method))
                            .as("two methods " + name)
                            .isNull();
                });
        return methods;
    }

    @Test
    void everyPartOfTheDeskIsListed() {
        assertThat(desk().values().stream()
                        .map(Method::getReturnType)
                        .filter(type -> type.getSimpleName().endsWith("Operator"))
                        .distinct())
                .containsExactlyInAnyOrder(JobOperator.class, ScheduleOperator.class, BulkOperator.class);
    }

    @ParameterizedTest
    @MethodSource("methods")
    void aMethodNeedsItsRightAndNoOther(String name) {
        assertThat(NEEDS).containsKey(name);
        Right right = Objects.requireNonNull(NEEDS.get(name));

        Throwable refused = outcome(name, EnumSet.complementOf(EnumSet.of(right)));
        assertThat(refused).isInstanceOfSatisfying(NotPermittedException.class, e -> {
            assertThat(e.right()).isEqualTo(right);
            assertThat(e.actor()).isEqualTo("eve");
            assertThat(e).hasMessageContaining(right.name());
        });
        assertThat(outcome(name, EnumSet.of(right)) instanceof NotPermittedException)
                .as("refused with the right")
                .isFalse();
    }

    /** With what a call fails; {@code null} if it does not. */
    private @Nullable Throwable outcome(String name, Set<Right> rights) {
        JobOperator desk = JobOperator.create(mill.store()).as(new Actor("eve", rights));
        Method method = Objects.requireNonNull(desk().get(name));
        Object target = Map.<Class<?>, Object>of(
                        JobOperator.class, desk,
                        ScheduleOperator.class, desk.schedules(),
                        BulkOperator.class, desk.bulk())
                .get(method.getDeclaringClass());
        Object[] arguments = Stream.of(method.getParameterTypes())
                .map(type -> Objects.requireNonNull(ARGUMENTS.get(type), "no argument for " + type))
                .toArray();
        try {
            Throwable[] failure = new Throwable[1];
            Flux.from((Publisher<?>) method.invoke(target, arguments))
                    .subscribe(answer -> {}, error -> failure[0] = error);
            mill.settleDown();
            return failure[0];
        } catch (InvocationTargetException e) {
            return e.getCause();
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void whatIsRefusedIsNeitherDoneNorLogged() {
        JobOperator desk = JobOperator.create(mill.store());

        assertThatExceptionOfType(NotPermittedException.class)
                .isThrownBy(() -> desk.as(new Actor("eve", Set.of(Right.VIEW)))
                        .pause("default")
                        .block());

        assertThat(desk.queues().collectList().block()).noneMatch(queue -> queue.paused());
        assertThat(desk.decisions(null, 10).collectList().block()).isEmpty();
    }

    @Test
    void anOperationNeedsTheRightOfItsActionToBeStartedAndToBeStopped() {
        JobOperator desk = JobOperator.create(mill.store());
        Map<BulkAction, Right> actions = Map.of(
                RETRY,
                Right.RETRY,
                new BulkAction.Discard(FailedJobs.ofKind("grind")),
                Right.DISCARD,
                new BulkAction.Cancel(WaitingJobs.ofKind("grind")),
                Right.CANCEL);
        actions.forEach((action, right) -> {
            BulkOperator without = desk.as(new Actor("eve", EnumSet.complementOf(EnumSet.of(right))))
                    .bulk();
            BulkOperator with = desk.as(new Actor("ada", Set.of(right))).bulk();

            assertThatExceptionOfType(NotPermittedException.class)
                    .isThrownBy(() -> without.start(action).block())
                    .satisfies(e -> assertThat(e.right()).isEqualTo(right));
            String id = with.start(action).block().id();
            assertThatExceptionOfType(NotPermittedException.class)
                    .isThrownBy(() -> without.stop(id).block())
                    .satisfies(e -> assertThat(e.right()).isEqualTo(right));
            assertThat(with.stop(id).block().id()).isEqualTo(id);
        });
    }

    @Test
    void withoutTheRightPayloadsAndWhatQuotesThemAreWithheld() {
        JobEngine engine =
                mill.start(e -> e.subscribe(NUMBERS, job -> Mono.empty()).enqueues(GRIND));
        JobId id = mill.enqueue(engine, TEXTS.job("secret").header("who", "secret"));
        mill.pass(Duration.ofSeconds(1));
        JobOperator all = JobOperator.create(mill.store());
        JobOperator some = all.as(new Actor("eve", Set.of(Right.VIEW)));

        assertThat(all.find(id).block().toString()).contains("secret");
        assertThat(all.why(id).block().toString()).contains("secret");
        assertThat(all.failureCauses().blockFirst().toString()).contains("secret");
        assertThat(all.jobs(JobFilter.any(), null, 10).block().toString()).contains("secret");
        assertThat(some.find(id).block().toString())
                .doesNotContain("secret")
                .contains("not shown without the right VIEW_PAYLOAD");
        assertThat(some.why(id).block().toString()).doesNotContain("secret");
        assertThat(some.why(id).block().describe()).doesNotContain("secret");
        assertThat(some.failureCauses().blockFirst().toString()).doesNotContain("secret");
        assertThat(some.jobs(JobFilter.any(), null, 10).block().toString())
                .doesNotContain("secret")
                .contains("numbers");
    }

    @Test
    void nobodyMayDoMoreAtADeskThanItsActor() {
        JobOperator limited = JobOperator.create(mill.store()).as(new Actor("eve", Set.of(Right.VIEW)));

        assertThatExceptionOfType(NotPermittedException.class)
                .isThrownBy(() ->
                        limited.as(Actor.withAllRights("ada")).pause("default").block());
    }

    @Test
    void payloadsAndHeadersNeedARightOfTheirOwn() {
        JobOperator desk = JobOperator.create(mill.store());
        JobId id =
                desk.enqueue(GRIND.job("rye").header("miller", "Anna")).block().id();

        JobSnapshot all = desk.find(id).block();
        assertThat(all.payload()).isEqualTo("\"rye\"");
        assertThat(all.headers()).isEqualTo("{\"miller\":\"Anna\"}");
        JobSnapshot part =
                desk.as(new Actor("eve", Set.of(Right.VIEW))).find(id).block();
        assertThat(part).isEqualTo(all.withoutPayload());
        assertThat(part.payload()).contains("VIEW_PAYLOAD").doesNotContain("rye");
        assertThat(part.headers()).isNull();
    }

    @Test
    void resultsNeedThatRight() {
        JobEngine engine = mill.start(e -> e.subscribe(GRIND, job -> Mono.just(JobOutcome.complete("flour"))));
        JobId id = mill.enqueue(engine, GRIND.job("rye"));
        mill.settleDown();
        JobOperator desk = JobOperator.create(mill.store());

        assertThat(desk.find(id).block().result()).isEqualTo("\"flour\"");
        assertThat(desk.as(new Actor("eve", Set.of(Right.VIEW)))
                        .find(id)
                        .block()
                        .result())
                .isNull();
    }

    @Test
    void decisionsAreLoggedUnderTheNameOfTheActor() {
        JobOperator desk = JobOperator.builder(mill.store()).name("night job").build();
        desk.pause("default").block();
        desk.as(Actor.withAllRights("ada")).resume("default").block();
        mill.start(e -> e.name("mill-1").subscribe(GRIND, job -> Mono.empty()))
                .operator()
                .pause("mail")
                .subscribe();
        mill.settleDown();

        List<Decision> decisions = desk.decisions(null, 10).collectList().block();

        assertThat(decisions).extracting(Decision::actor).containsExactly("mill-1", "ada", "night job");
    }

    @Test
    void anActorHasAName() {
        assertThatExceptionOfType(InvalidJobException.class).isThrownBy(() -> new Actor(" ", Set.of()));
        assertThatExceptionOfType(InvalidJobException.class).isThrownBy(() -> new Actor("a\0b", Set.of()));
    }
}
