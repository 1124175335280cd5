package io.headrace.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/** What it costs to record a step in its handler's transaction, in counts that do not depend on the machine. */
class StepInCostTest extends InTransactionCostTests {

    private static final Logger log = LoggerFactory.getLogger(StepInCostTest.class);

    /** 18 bytes of JSON. */
    record Receipt(String id) {}

    private static final Receipt RECEIPT = new Receipt("r-1000000");

    /** Each handler writes a row in a transaction, and records a step in that, or a plain one. */
    @Test
    void aStepInATransaction() {
        run((connection, job) -> Mono.empty());
        Cost without = run((connection, job) -> Mono.empty());
        Cost plain = run((connection, job) ->
                job.step("charge", Receipt.class, () -> Mono.just(RECEIPT)).then());
        Cost stepIn = run((connection, job) -> job.stepIn(
                        stores.get(stores.size() - 1).transaction(connection),
                        "charge",
                        Receipt.class,
                        () -> Mono.just(RECEIPT))
                .then());

        log.warn("without: {}, plain: {}, in the transaction: {}", without, plain, stepIn);
        assertThat(plain.splits() + plain.looks()).isZero();
        // Those that ask at the same time share a statement; how many do depends on the machine.
        assertThat(stepIn.splits()).isLessThanOrEqualTo(JOBS);
        assertThat(stepIn.looks()).isLessThanOrEqualTo(JOBS);
        assertThat(stepIn.reads()).isLessThanOrEqualTo(JOBS);
        assertThat(stepIn.walBytes() - without.walBytes()).isLessThan(1_300);
        assertThat(schema.number("SELECT count(*) FROM %s.step")).isEqualTo(2 * JOBS);
    }
}
