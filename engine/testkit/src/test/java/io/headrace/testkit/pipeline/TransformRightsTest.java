package io.headrace.testkit.pipeline;

import static io.headrace.testkit.pipeline.Mill.GRIND;
import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.JobClient;
import io.headrace.JobId;
import io.headrace.JobOperator;
import io.headrace.PayloadTransformException;
import io.headrace.operate.Actor;
import io.headrace.operate.JobFilter;
import io.headrace.operate.Right;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.publisher.Mono;

/** Without the right to see payloads, the keys of transforms are not seen either. */
class TransformRightsTest {

    @RegisterExtension
    final Mill mill = new Mill();

    @Test
    void withoutTheRightTheErrorsOfTransformsAreWithheld() {
        List<JobId> ids = new ArrayList<>();
        JobClient.builder(mill.store())
                .transform(new Reversal("first", "key-of-ada"))
                .build()
                .enqueue(GRIND.job("rye"))
                .subscribe(enqueued -> ids.add(enqueued.id()));
        mill.start(e -> e.transform(new Reversal("first", "another")).subscribe(GRIND, job -> Mono.empty()));
        mill.pass(Duration.ofSeconds(1));
        JobId id = ids.get(0);
        JobOperator all = JobOperator.create(mill.store());
        JobOperator some = all.as(new Actor("eve", Set.of(Right.VIEW)));

        assertThat(all.find(id).block().payloadTransform()).isEqualTo("first=key-of-ada");
        assertThat(all.find(id).block().failures())
                .singleElement()
                .satisfies(failure -> assertThat(failure.message()).contains("there is no key 'key-of-ada'"));
        assertThat(some.find(id).block().payloadTransform()).isNull();
        assertThat(some.find(id).block().toString())
                .contains(PayloadTransformException.class.getName())
                .doesNotContain("key-of-ada");
        assertThat(some.why(id).block().toString()).doesNotContain("key-of-ada");
        assertThat(some.failureCauses().blockFirst().toString()).doesNotContain("key-of-ada");
        assertThat(some.jobs(JobFilter.any(), null, 10).block().toString()).doesNotContain("key-of-ada");
    }
}
