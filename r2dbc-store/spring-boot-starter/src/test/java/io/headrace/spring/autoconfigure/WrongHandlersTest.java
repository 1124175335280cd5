package io.headrace.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.Job;
import io.headrace.spring.HandlesJob;
import io.headrace.spring.TestApp;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Invalid handlers fail startup; the message names the handler and the reason. */
@Tag("slow")
class WrongHandlersTest {

    @Configuration(proxyBeanMethods = false)
    static class Unnamed {
        @Bean
        Function<Job<String>, Publisher<?>> mill() {
            return job -> Mono.empty();
        }
    }

    @Test
    void aFunctionWithoutAKind() {
        assertThat(WrongSetupTest.reading(TestApp.of(Unnamed.class)))
                .contains("bean 'mill' is a function of Job<T> but does not declare which kind")
                .contains("@HandlesJob(\"…\")");
    }

    @Component
    static class TwoParameters {
        @HandlesJob("grind")
        void grind(String grain, int sacks) {}
    }

    @Test
    void aMethodWithTwoParameters() {
        assertThat(WrongSetupTest.reading(TestApp.of(TwoParameters.class)))
                .contains("TwoParameters.grind of bean '", "it must have exactly one parameter")
                .contains("Job<T>");
    }

    @Component
    static class AnyPayload {
        @HandlesJob("grind")
        void grind(Job<?> job) {}
    }

    @Component
    static class OpenPayload<T> {
        @HandlesJob("grind")
        void grind(List<T> grains) {}
    }

    @Test
    void aMethodWhosePayloadNobodyCanTell() {
        assertThat(WrongSetupTest.reading(TestApp.of(AnyPayload.class)))
                .contains("AnyPayload.grind of bean '", "cannot determine the payload type")
                .contains("Job<IndexRepository>");
        assertThat(WrongSetupTest.reading(TestApp.of(OpenPayload.class))).contains("cannot determine the payload type");
    }

    @Component
    static class TransactionalBatch {
        @HandlesJob(value = "grind", most = "10", transactional = true)
        Mono<Void> grind(List<String> grains) {
            return Mono.empty();
        }
    }

    @Component
    static class TransactionalAndBlocking {
        @HandlesJob(value = "grind", transactional = true)
        void grind(String grain) {}
    }

    @Test
    void aTransactionalMethodThatTakesManyJobsOrBlocks() {
        assertThat(WrongSetupTest.reading(TestApp.of(TransactionalBatch.class)))
                .contains("TransactionalBatch.grind of bean '", "is transactional, but", "takes many jobs")
                .contains("call completeIn for each job");
        assertThat(WrongSetupTest.reading(TestApp.of(TransactionalAndBlocking.class)))
                .contains("does not return a publisher or a stage")
                .contains("Return a Mono or a Flux, or omit transactional");
    }

    @Component
    static class BatchOfOne {
        @HandlesJob(value = "grind", most = "10")
        void grind(String grain) {}
    }

    @Component
    static class NoJobs {
        @HandlesJob(value = "grind", most = "0")
        void grind(List<String> grains) {}
    }

    @Component
    static class NoPatience {
        @HandlesJob(value = "grind", longestWait = "2m")
        void grind(List<String> grains) {}
    }

    @Component
    static class TooMany {
        @HandlesJob(value = "grind", most = "65")
        void grind(List<String> grains) {}
    }

    @Test
    void aBatchHandlerThatCannotBe() {
        assertThat(WrongSetupTest.reading(TestApp.of(BatchOfOne.class)))
                .contains("BatchOfOne.grind of bean '", "takes a single job", "List<Job<T>>");
        assertThat(WrongSetupTest.reading(TestApp.of(NoJobs.class)))
                .contains("most = \"0\"", "a number from 1 to 10,000");
        assertThat(WrongSetupTest.reading(TestApp.of(NoPatience.class)))
                .contains("longestWait = \"2m\"", "a duration from 0s to 1m");
        assertThat(WrongSetupTest.reading(TestApp.of(TooMany.class)))
                .contains("up to 65 jobs", "concurrency of more than 64", "headrace.queues.NAME.concurrency");
    }

    @Component
    static class Private {
        @HandlesJob("grind")
        @SuppressWarnings({"UnusedMethod", "UnusedVariable"}) // called by nobody: that is the mistake
        private void grind(String grain) {}
    }

    @Test
    void aMethodThatCannotBeCalled() {
        assertThat(WrongSetupTest.reading(TestApp.of(Private.class)))
                .contains("Private.grind of bean '", "so it cannot be called")
                .contains("package-private");
    }

    @Component
    static class Impatient {
        @HandlesJob(value = "grind", timeout = "soon")
        void grind(String grain) {}
    }

    @Component
    static class Hopeless {
        @HandlesJob(value = "grind", maxAttempts = "0")
        void grind(String grain) {}
    }

    @Test
    void anAnnotationThatSaysWhatCannotBe() {
        assertThat(WrongSetupTest.reading(TestApp.of(Impatient.class))).contains("timeout = \"soon\"", "30s or PT5M");
        assertThat(WrongSetupTest.reading(TestApp.of(Hopeless.class)))
                .contains("maxAttempts = \"0\"", "from 1 to 1,000");
    }

    @Component
    @HandlesJob("grind")
    static class NoFunction {}

    @Test
    void anAnnotatedBeanThatIsNoFunction() {
        assertThat(WrongSetupTest.reading(TestApp.of(NoFunction.class)))
                .contains("is not a function of Job<T>")
                .contains("Annotate the method");
    }
}
