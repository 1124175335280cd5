package io.headrace.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.JobType;
import io.headrace.NewJob;
import io.headrace.schedule.Every;
import io.headrace.schedule.Fire;
import io.headrace.schedule.Schedule;
import io.headrace.spring.HandlesJob;
import io.headrace.spring.JobEngineCustomizer;
import io.headrace.spring.JobSchedule;
import io.headrace.spring.TestApp;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Invalid schedules fail startup; the message names the schedule, the reason and the remedy. */
@Tag("slow")
class WrongSchedulesTest {

    @Component
    static class Mill {
        @HandlesJob("grind")
        void grind(String grain) {}
    }

    private static String reading(Class<?>... beans) {
        Class<?>[] all = Stream.concat(Stream.of(Mill.class), Stream.of(beans)).toArray(Class<?>[]::new);
        return WrongSetupTest.reading(TestApp.of(all).with("headrace.migrate", "off"));
    }

    static class BadCron {
        @JobSchedule(name = "mill", cron = "0 25 * * *")
        String grain() {
            return "rye";
        }
    }

    static class UnknownZone {
        @JobSchedule(name = "mill", cron = "0 3 * * *", zone = "Europe/Berlyn")
        String grain() {
            return "rye";
        }
    }

    static class CronAndEvery {
        @JobSchedule(name = "mill", cron = "0 3 * * *", every = "5m")
        String grain() {
            return "rye";
        }
    }

    static class Neither {
        @JobSchedule(name = "mill")
        String grain() {
            return "rye";
        }
    }

    static class ZoneOfAPeriod {
        @JobSchedule(name = "mill", every = "5m", zone = "Europe/Berlin")
        String grain() {
            return "rye";
        }
    }

    static class TooOften {
        @JobSchedule(name = "mill", every = "10ms")
        String grain() {
            return "rye";
        }
    }

    static class NoDuration {
        @JobSchedule(name = "mill", every = "often")
        String grain() {
            return "rye";
        }
    }

    static class LongJitter {
        @JobSchedule(name = "mill", every = "5m", jitter = "2d")
        String grain() {
            return "rye";
        }
    }

    static class NoMisfire {
        @JobSchedule(name = "mill", every = "5m", misfire = "ALL")
        String grain() {
            return "rye";
        }
    }

    static class NoPriority {
        @JobSchedule(name = "mill", every = "5m", priority = "10")
        String grain() {
            return "rye";
        }
    }

    static class NoName {
        @JobSchedule(name = "", every = "5m")
        String grain() {
            return "rye";
        }
    }

    static class UnknownKind {
        @JobSchedule(name = "mill", every = "5m", job = "grid")
        String grain() {
            return "rye";
        }
    }

    static class UnknownPayload {
        @JobSchedule(name = "mill", every = "5m")
        Integer grain() {
            return 1;
        }
    }

    static class TwoKinds {
        @HandlesJob("sieve")
        void sieve(String flour) {}

        @JobSchedule(name = "mill", every = "5m")
        String grain() {
            return "rye";
        }
    }

    static class Nothing {
        @JobSchedule(name = "mill", every = "5m")
        void grain() {}
    }

    static class Later {
        @JobSchedule(name = "mill", every = "5m")
        Mono<String> grain() {
            return Mono.just("rye");
        }
    }

    static class Stage {
        @JobSchedule(name = "mill", every = "5m")
        CompletableFuture<String> grain() {
            return CompletableFuture.completedFuture("rye");
        }
    }

    static class TwoParameters {
        @JobSchedule(name = "mill", every = "5m")
        String grain(Fire fire, String grain) {
            return grain;
        }
    }

    static class Private {
        @JobSchedule(name = "mill", every = "5m")
        @SuppressWarnings("UnusedMethod") // called by nobody: that is the mistake
        private String grain() {
            return "rye";
        }
    }

    static class OnAHandler {
        @HandlesJob("sieve")
        @JobSchedule(name = "mill", every = "5m")
        void sieve(String flour) {}
    }

    static class OfAnotherHandler {
        @HandlesJob("sieve")
        @JobSchedule(name = "mill", every = "5m", job = "grind")
        void sieve(Fire fire) {}
    }

    static class QueueOfAJob {
        @JobSchedule(name = "mill", every = "5m", job = "grind", queue = "night")
        NewJob<String> grain() {
            return JobType.of("grind", String.class).job("rye");
        }
    }

    static class Twice {
        @JobSchedule(name = "mill", every = "5m")
        String grain() {
            return "rye";
        }

        @JobSchedule(name = "mill", every = "6m")
        String otherGrain() {
            return "oats";
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class OnABeanMethod {
        @Bean
        @JobSchedule(name = "mill", every = "5m")
        String grain() {
            return "rye";
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class BeanWithoutHandler {
        @Bean
        Schedule mill() {
            return Schedule.of(
                    "mill",
                    Every.of(Duration.ofMinutes(5)),
                    JobType.of("weave", String.class).job("wool"));
        }
    }

    static Stream<Arguments> wrong() {
        return Stream.of(
                Arguments.of(BadCron.class, "cron '0 25 * * *', hour at position 3", "Correct the annotation"),
                Arguments.of(UnknownZone.class, "zone: 'Europe/Berlyn' is unknown", "Correct the annotation"),
                Arguments.of(CronAndEvery.class, "has both cron and every", "Keep one of them"),
                Arguments.of(Neither.class, "does not say when it fires", "Set cron, such as \"0 3 * * *\", or every"),
                Arguments.of(ZoneOfAPeriod.class, "has a zone but no cron", "Remove the zone"),
                Arguments.of(TooOften.class, "period: PT0.01S is outside 1 second to", "Correct the annotation"),
                Arguments.of(NoDuration.class, "every = \"often\"", "a period such as 30s or PT5M"),
                Arguments.of(LongJitter.class, "jitter: PT48H is outside", "Correct the annotation"),
                Arguments.of(NoMisfire.class, "misfire = \"ALL\"", "ONCE, SKIP, or ALL(n)"),
                Arguments.of(NoPriority.class, "priority = \"10\"", "a number from 0 to 9"),
                Arguments.of(NoName.class, "NoName.grain of bean '", "schedule: is empty"),
                Arguments.of(UnknownKind.class, "kind 'grid', but the application has no handler", "JobType"),
                Arguments.of(UnknownPayload.class, "a java.lang.Integer, but no handler takes", "job = \"…\""),
                Arguments.of(TwoKinds.class, "those of kinds [grind, sieve]", "Name the kind with job = \"…\""),
                Arguments.of(Nothing.class, "the method returns nothing", "annotate it with @HandlesJob as well"),
                Arguments.of(Later.class, "returns a Mono, but a payload must be made at once", "to the handler"),
                Arguments.of(Stage.class, "returns a CompletableFuture, but a payload must be", "to the handler"),
                Arguments.of(TwoParameters.class, "it must take a Fire or nothing", "through the constructor"),
                Arguments.of(Private.class, "is private or hidden by a proxy", "package-private"),
                Arguments.of(OnAHandler.class, "on a handler that takes a java.lang.String", "Job<Fire>"),
                Arguments.of(
                        OfAnotherHandler.class, "job = \"grind\", but is on the handler of kind 'sieve'", "Remove"),
                Arguments.of(QueueOfAJob.class, "has a queue, but its method returns a NewJob", "Set the queue on the"),
                Arguments.of(Twice.class, "Schedule 'mill' is declared twice: by", "another name"),
                Arguments.of(OnABeanMethod.class, "on a @Bean method", "return a Schedule"),
                Arguments.of(BeanWithoutHandler.class, "Schedule 'mill' of bean 'mill'", "@HandlesJob(\"weave\")"));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void isNamedAndExplained(Class<?> bean, String problem, String remedy) {
        assertThat(reading(bean)).contains(problem, remedy);
    }

    @Configuration(proxyBeanMethods = false)
    static class Customized {
        @Bean
        JobEngineCustomizer weaving() {
            return engine -> engine.schedule(
                    "weaving",
                    Every.of(Duration.ofMinutes(5)),
                    JobType.of("weave", String.class).job("wool"));
        }
    }

    @Test
    void whatACustomizerDeclaresIsExplainedAsItsOwn() {
        assertThat(reading(Customized.class))
                .contains("'weaving' enqueues kind 'weave', which has no handler")
                .contains("JobEngineCustomizer");
    }
}
