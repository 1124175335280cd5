package io.headrace.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.AuditReport;
import io.headrace.JobId;
import io.headrace.spi.JobStore;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * A fresh store for each test, the audit at the end of every test, and how a test waits. No test sleeps: time passes by {@link
 * StoreHarness#passTime}.
 */
@ExtendWith(HarnessResolver.class)
abstract class FreshStore {

    static final Duration PATIENCE = Duration.ofSeconds(15);

    private StoreHarness harness;
    private boolean damaged;

    @BeforeEach
    void openStore(StoreHarness opened) {
        harness = opened;
        damaged = false;
    }

    @AfterEach
    void everyJobIsInOnePlace() {
        try {
            if (!damaged) {
                assertThat(audit().findings()).as("audit after the test").isEmpty();
            }
        } finally {
            harness.close();
        }
    }

    JobStore store() {
        return harness.store();
    }

    void passTime(Duration passed) {
        harness.passTime(passed);
    }

    HarnessTransaction begin() {
        return harness.begin();
    }

    boolean supports(Feature feature) {
        return harness.supports(feature);
    }

    void damage(AuditReport.What what, JobId job) {
        damaged = true;
        harness.damage(what, job);
    }

    void damage(AuditReport.What what, String schedule) {
        damaged = true;
        harness.damage(what, schedule);
    }

    AuditReport audit() {
        return await(store().inspector().audit());
    }

    /** The answers of calls made at the same time, in the order of the callers. */
    static <T> List<T> atOnce(int callers, IntFunction<Mono<T>> call) {
        return await(Flux.range(0, callers)
                .flatMapSequential(
                        caller -> Mono.defer(() -> call.apply(caller)).subscribeOn(Schedulers.boundedElastic()),
                        callers)
                .collectList());
    }

    static <T> T await(Mono<T> answer) {
        return Objects.requireNonNull(answer.block(PATIENCE), "the store gave no answer");
    }

    static void finish(Mono<Void> work) {
        assertThat(work.blockOptional(PATIENCE)).isEmpty();
    }
}
