package io.headrace.engine.run;

import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.JobHandler;
import io.headrace.JobType;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** How long a handler's jobs are leased. */
class HandlerTableTest {

    private static final JobType<String> GRIND = JobType.of("grind", String.class);

    @Test
    void aLeaseCoversTheWaitBeforeTheHandlerItsTimeoutAndTheSettlement() {
        JobHandler<String> handler =
                JobHandler.<String>of(GRIND, job -> Mono.empty()).timeout(ofMinutes(10));

        assertThat(HandlerTable.terms(handler, ofSeconds(10)).deadline())
                .isEqualTo(ofMinutes(15).plusSeconds(10));
    }

    @Test
    void ofABatchHandlerItCoversTheWaitForOthersAsWell() {
        JobHandler<String> handler = JobHandler.batch(GRIND, b -> b.wait(ofSeconds(60)), batch -> Mono.empty())
                .timeout(ofMinutes(10));

        assertThat(HandlerTable.terms(handler, ofSeconds(10)).deadline())
                .isEqualTo(ofMinutes(16).plusSeconds(10));
    }
}
