package io.headrace.spring;

import static io.headrace.spring.TestApp.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headrace.Enqueued;
import io.headrace.Job;
import io.headrace.JobHandler;
import io.headrace.JobOutcome;
import io.headrace.JobSnapshot;
import io.headrace.JobState;
import io.headrace.JobType;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.aopalliance.intercept.MethodInterceptor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Publisher;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Scope;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Every way in which a bean can be a handler. */
class HandlersTest {

    record Grain(String name, int sacks) {}

    /** By kind, what was handled, and on which thread. */
    private static final Map<String, String> HANDLED = new ConcurrentHashMap<>();

    private static void handle(String kind, Object payload) {
        HANDLED.put(kind, payload + " on " + Thread.currentThread().getName());
    }

    @Component
    static class Methods {
        @HandlesJob("mono")
        Mono<Void> mono(Grain grain) {
            return Mono.fromRunnable(() -> handle("mono", grain));
        }

        @HandlesJob("flux")
        Flux<String> flux(Job<Grain> job) {
            return Flux.just("a", "b").doOnComplete(() -> handle("flux", job.payload()));
        }

        @HandlesJob("stage")
        CompletionStage<Void> stage(Grain grain) {
            return CompletableFuture.runAsync(() -> handle("stage", grain));
        }

        @HandlesJob("void")
        void nothing(Grain grain) throws InterruptedException {
            Thread.sleep(1);
            handle("void", grain);
        }

        @HandlesJob("value")
        public int value(Job<Grain> job) {
            handle("value", job.payload());
            return job.payload().sacks();
        }

        @HandlesJob("generic")
        Mono<Void> generic(List<Grain> grains) {
            return Mono.fromRunnable(() -> handle("generic", grains.get(0)));
        }

        @HandlesJob("${mill.kind:placeholder}")
        Mono<Void> placeholder(Grain grain) {
            return Mono.fromRunnable(() -> handle("placeholder", grain));
        }

        @HandlesJob("outcome")
        JobOutcome outcome(Grain grain) {
            return JobOutcome.fail("mouldy");
        }

        @HandlesJob(value = "throws", maxAttempts = "1")
        void throwing(Grain grain) throws Exception {
            throw new Exception("checked");
        }

        @HandlesJob(value = "hidden-publisher", maxAttempts = "1")
        Object hidden(Grain grain) {
            return Mono.just(grain);
        }

        @HandlesJob(value = "null", maxAttempts = "1")
        Mono<Void> none(Grain grain) {
            return null;
        }
    }

    @Component
    static class Proxied {
        @Transactional
        @HandlesJob("transactional")
        public Mono<Void> grind(Grain grain) {
            return Mono.fromRunnable(() -> handle("transactional", grain));
        }
    }

    interface Wheel {
        @HandlesJob("interface")
        Mono<Void> turn(Grain grain);
    }

    @Component
    @Scope(ConfigurableBeanFactory.SCOPE_PROTOTYPE)
    static class EachTimeAnother {
        @HandlesJob("prototype")
        Mono<Void> grind(Grain grain) {
            return Mono.fromRunnable(() -> handle("prototype", grain));
        }
    }

    @Component
    @HandlesJob("function-class")
    static class AsFunction implements Function<Job<Grain>, Mono<Void>> {
        @Override
        public Mono<Void> apply(Job<Grain> job) {
            return Mono.fromRunnable(() -> handle("function-class", job.payload()));
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Beans {
        @Bean
        JobHandler<Grain> handler() {
            return JobHandler.of(
                    JobType.of("handler", Grain.class).queue("own"),
                    job -> Mono.fromRunnable(() -> handle("handler", job.payload())));
        }

        @Bean
        @HandlesJob("function")
        Function<Job<Grain>, Publisher<?>> function() {
            return job -> Mono.fromRunnable(() -> handle("function", job.payload()));
        }

        @Bean
        @HandlesJob("blocking-function")
        Function<Job<Grain>, Integer> blockingFunction() {
            return job -> {
                handle("blocking-function", job.payload());
                return 1;
            };
        }

        @Bean
        Function<Grain, Integer> nothingOfOurs() {
            return Grain::sacks;
        }

        @Bean
        Wheel wheel() {
            Wheel real = grain -> Mono.fromRunnable(() -> handle("interface", grain));
            return (Wheel) new ProxyFactory(Wheel.class, (MethodInterceptor)
                            invocation -> invocation.getMethod().invoke(real, invocation.getArguments()))
                    .getProxy();
        }
    }

    private TestApp app;

    @BeforeEach
    void start() {
        HANDLED.clear();
        app = TestApp.of(Methods.class, Proxied.class, EachTimeAnother.class, AsFunction.class, Beans.class)
                .start();
    }

    @AfterEach
    void stop() {
        app.close();
    }

    private JobSnapshot run(JobType<?> type, Object payload) {
        @SuppressWarnings("unchecked")
        Enqueued enqueued =
                app.client().enqueue(((JobType<Object>) type).job(payload)).block(PATIENCE);
        return await().atMost(PATIENCE)
                .until(
                        () -> app.client().find(enqueued.id()).block(PATIENCE),
                        job -> job.state() == JobState.COMPLETED || job.state() == JobState.FAILED);
    }

    private JobSnapshot run(String kind) {
        return run(JobType.of(kind, Grain.class), new Grain("rye", 3));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mono",
                "flux",
                "placeholder",
                "transactional",
                "interface",
                "prototype",
                "function-class",
                "function"
            })
    void whatReturnsAPublisherRunsWhereNothingMayBlock(String kind) {
        assertThat(run(kind).state()).isEqualTo(JobState.COMPLETED);
        assertThat(HANDLED.get(kind)).containsPattern("Grain\\[name=rye, sacks=3] on (parallel|reactor-tcp)-");
    }

    @ParameterizedTest
    @ValueSource(strings = {"void", "value", "blocking-function"})
    void whatReturnsAnythingElseMayBlock(String kind) {
        assertThat(run(kind).state()).isEqualTo(JobState.COMPLETED);
        assertThat(HANDLED.get(kind)).startsWith("Grain[name=rye, sacks=3] on ").doesNotContain("parallel-");
    }

    @Test
    void aStageIsWaitedFor() {
        assertThat(run("stage").state()).isEqualTo(JobState.COMPLETED);
        assertThat(HANDLED).containsKey("stage");
    }

    @Test
    void aGenericPayloadIsReadAsDeclared() {
        assertThat(run(JobType.ofGeneric("generic", List.class), List.of(new Grain("oats", 1)))
                        .state())
                .isEqualTo(JobState.COMPLETED);
        assertThat(HANDLED.get("generic")).startsWith("Grain[name=oats, sacks=1]");
    }

    @Test
    void theQueueOfAHandlersTypeIsWorkedOn() {
        assertThat(run(JobType.of("handler", Grain.class).queue("own"), new Grain("rye", 3))
                        .state())
                .isEqualTo(JobState.COMPLETED);
    }

    @Test
    void anOutcomeDecides() {
        assertThat(run("outcome").failures())
                .singleElement()
                .satisfies(failure -> assertThat(failure.message()).contains("mouldy"));
    }

    @Test
    void whatItThrowsIsWhatIsRecorded() {
        assertThat(run("throws").failures()).singleElement().satisfies(failure -> {
            assertThat(failure.errorType()).isEqualTo("java.lang.Exception");
            assertThat(failure.message()).isEqualTo("checked");
        });
    }

    @Test
    void aPublisherThatWasNotDeclaredIsNotLost() {
        assertThat(run("hidden-publisher").failures())
                .singleElement()
                .satisfies(failure -> assertThat(failure.message()).contains("declare the actual return type"));
    }

    @Test
    void nullIsNoPublisher() {
        assertThat(run("null").failures())
                .singleElement()
                .satisfies(failure -> assertThat(failure.message()).contains("returned null"));
    }
}
