package io.headrace.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/** What it costs to complete a job in its handler's transaction, in counts that do not depend on the machine. */
class CompleteInCostTest extends InTransactionCostTests {

    private static final Logger log = LoggerFactory.getLogger(CompleteInCostTest.class);

    /** Each handler writes a row in a transaction, and its job is completed in that, or by the engine. */
    @Test
    void aCompletionInATransaction() {
        run((connection, job) -> Mono.empty());
        Cost plain = run((connection, job) -> Mono.empty());
        Cost completedIn = run((connection, job) ->
                job.completeIn(stores.get(stores.size() - 1).transaction(connection)));

        log.warn("without: {}, with: {}", plain, completedIn);
        assertThat(plain.splits()).isZero();
        assertThat(plain.looks()).isZero();
        // Those that ask at the same time share a statement; how many do depends on the machine.
        assertThat(completedIn.splits()).isLessThanOrEqualTo(JOBS);
        assertThat(completedIn.looks()).isLessThanOrEqualTo(JOBS);
        assertThat(completedIn.settles()).isZero();
        assertThat(completedIn.walBytes() - plain.walBytes()).isLessThan(1_000);
    }
}
