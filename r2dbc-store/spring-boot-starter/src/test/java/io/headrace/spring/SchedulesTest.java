package io.headrace.spring;

import static io.headrace.spring.TestApp.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headrace.Job;
import io.headrace.JobType;
import io.headrace.NewJob;
import io.headrace.schedule.Cron;
import io.headrace.schedule.Every;
import io.headrace.schedule.Fire;
import io.headrace.schedule.FireCause;
import io.headrace.schedule.FireOutcome;
import io.headrace.schedule.FireSnapshot;
import io.headrace.schedule.Misfire;
import io.headrace.schedule.Overlap;
import io.headrace.schedule.Schedule;
import io.headrace.schedule.ScheduleSnapshot;
import io.headrace.schedule.ScheduleState;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import reactor.core.publisher.Mono;

/** Every way in which a bean can declare a schedule, on PostgreSQL. */
class SchedulesTest {

    record Grain(String name) {}

    record Flour(String name) {}

    private static final JobType<Grain> GRIND = JobType.of("grind", Grain.class);

    /** By the name of a schedule, the payload of its last job. */
    private static final Map<String, Object> HANDLED = new ConcurrentHashMap<>();

    private static Mono<Void> handle(Job<?> job) {
        return Mono.fromRunnable(() -> HANDLED.put(job.headers().get(Fire.SCHEDULE_HEADER), job.payload()));
    }

    @Component
    static class Mill {
        @HandlesJob("grind")
        Mono<Void> grind(Job<Grain> job) {
            return handle(job);
        }

        @HandlesJob("sieve")
        Mono<Void> sieve(Job<Flour> job) {
            return handle(job);
        }

        @HandlesJob("bake")
        Mono<Void> bake(Job<Flour> job) {
            return handle(job);
        }

        @JobSchedule(name = "payload of a fire", cron = "${mill.cron}", zone = "${mill.zone}", jitter = "30s")
        Grain payload(Fire fire) {
            return new Grain(fire.schedule() + " in " + fire.zone());
        }

        @JobSchedule(name = "payload", every = "1h", misfire = "all(100)", overlap = Overlap.SKIP)
        Grain payloadOfNothing() {
            return new Grain("rye");
        }

        @JobSchedule(name = "named kind", cron = "@daily", job = "bake", queue = "${mill.queue}", priority = "0")
        Flour named() {
            return new Flour("rye");
        }

        @JobSchedule(name = "job", cron = "@daily", job = "sieve")
        NewJob<Flour> job(Fire fire) {
            return JobType.of("sieve", Flour.class).job(new Flour("oats")).priority(9);
        }

        @JobSchedule(name = "weekdays", cron = "0 3 * * MON-FRI")
        @JobSchedule(name = "weekends", cron = "0 5 * * SAT,SUN")
        Grain twice(Fire fire) {
            return new Grain(fire.schedule());
        }

        @JobSchedule(name = "torn", cron = "@yearly")
        Grain torn() throws Exception {
            throw new Exception("no grain");
        }

        @JobSchedule(name = "every second", every = "1s")
        Grain often(Fire fire) {
            return new Grain(fire.cause().toString());
        }
    }

    @Component
    static class Proxied {
        @Transactional
        @JobSchedule(name = "handler", cron = "0 6 * * *", zone = "Europe/Berlin", queue = "own")
        @HandlesJob("handler")
        public Mono<Void> handler(Job<Fire> job) {
            return handle(job);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Beans {
        @Bean
        Schedule bean() {
            return Schedule.of("bean", Every.of(Duration.ofDays(1)), GRIND.job(new Grain("barley")))
                    .misfire(Misfire.SKIP);
        }

        @Bean
        JobType<String> handledElsewhere() {
            return JobType.of("elsewhere", String.class);
        }

        @Bean
        Schedule elsewhere(JobType<String> handledElsewhere) {
            return Schedule.of("elsewhere", Cron.of("@weekly"), handledElsewhere.job("x"));
        }
    }

    private static TestApp app;

    @BeforeAll
    static void start() {
        HANDLED.clear();
        app = TestApp.of(Mill.class, Proxied.class, Beans.class)
                .with("mill.cron", "0 3 * * *")
                .with("mill.zone", "Europe/Berlin")
                .with("mill.queue", "night")
                .start();
    }

    @AfterAll
    static void stop() {
        app.close();
    }

    private static ScheduleSnapshot schedule(String name) {
        return app.operator().schedules().find(name).block(PATIENCE);
    }

    private static FireSnapshot runNow(String name) {
        return app.operator().schedules().runNow(name).block(PATIENCE);
    }

    private static Object handledBy(String name) {
        assertThat(runNow(name).outcome()).isEqualTo(FireOutcome.ENQUEUED);
        return await().atMost(PATIENCE).until(() -> HANDLED.get(name), payload -> payload != null);
    }

    @Test
    void allAreStored() {
        assertThat(app.operator().schedules().list().collectList().block(PATIENCE))
                .extracting(ScheduleSnapshot::name)
                .containsExactly(
                        "bean",
                        "elsewhere",
                        "every second",
                        "handler",
                        "job",
                        "named kind",
                        "payload",
                        "payload of a fire",
                        "torn",
                        "weekdays",
                        "weekends");
        assertThat(schedule("elsewhere").state()).isEqualTo(ScheduleState.ACTIVE);
    }

    @Test
    void whatTheAnnotationSaysIsWhatIsStored() {
        ScheduleSnapshot payload = schedule("payload of a fire");
        assertThat(payload.timetable()).isEqualTo(Cron.of("0 3 * * *", ZoneId.of("Europe/Berlin")));
        assertThat(payload.jitter()).isEqualTo(Duration.ofSeconds(30));
        assertThat(payload.misfire()).isEqualTo(Misfire.ONCE);
        assertThat(payload.overlap()).isEqualTo(Overlap.ALLOW);
        assertThat(payload.kind()).isEqualTo("grind");
        assertThat(payload.isMade()).isTrue();
        assertThat(payload.isDeclared()).isTrue();
        assertThat(schedule("payload").misfire()).isEqualTo(Misfire.all(100));
        assertThat(schedule("payload").overlap()).isEqualTo(Overlap.SKIP);
        assertThat(schedule("named kind").queue()).isEqualTo("night");
        assertThat(schedule("bean").misfire()).isEqualTo(Misfire.SKIP);
        assertThat(schedule("bean").isMade()).isFalse();
    }

    @Test
    void aMethodMakesThePayload() {
        assertThat(handledBy("payload of a fire")).isEqualTo(new Grain("payload of a fire in Europe/Berlin"));
        assertThat(handledBy("payload")).isEqualTo(new Grain("rye"));
        assertThat(handledBy("bean")).isEqualTo(new Grain("barley"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"weekdays", "weekends"})
    void aMethodMayHaveSeveralSchedules(String name) {
        assertThat(handledBy(name)).isEqualTo(new Grain(name));
    }

    @Test
    void theKindMayBeNamed() {
        assertThat(handledBy("named kind")).isEqualTo(new Flour("rye"));
        assertThat(app.number("SELECT priority FROM %s.job WHERE kind = 'bake'"))
                .isZero();
        assertThat(handledBy("job")).isEqualTo(new Flour("oats"));
        assertThat(app.number("SELECT priority FROM %s.job WHERE kind = 'sieve'"))
                .isEqualTo(9);
    }

    @Test
    void aHandlerMayTakeTheFireItself() {
        assertThat(handledBy("handler")).isInstanceOfSatisfying(Fire.class, fire -> {
            assertThat(fire.schedule()).isEqualTo("handler");
            assertThat(fire.cause()).isEqualTo(FireCause.RUN_NOW);
            assertThat(fire.zone()).isEqualTo(ZoneId.of("Europe/Berlin"));
        });
    }

    @Test
    void whatAMethodThrowsIsOnRecord() {
        assertThat(runNow("torn").outcome()).isEqualTo(FireOutcome.FAILED);
        List<FireSnapshot> fires =
                app.operator().schedules().fires("torn", null, 10).collectList().block(PATIENCE);
        assertThat(fires)
                .singleElement()
                .satisfies(fire -> assertThat(fire.problem())
                        .contains("Mill.torn of bean '", "threw java.lang.Exception: no grain"));
    }

    @Test
    void whatIsDueFires() {
        await().atMost(PATIENCE).until(() -> new Grain("DUE").equals(HANDLED.get("every second")));
    }
}
