package io.headrace.spring.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.JobClient;
import io.headrace.JobSnapshot;
import io.headrace.PayloadTransform;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** A test of an application that encrypts its payloads. */
@HeadraceTest
@Import({Mill.Stones.class, TransformedJobsTest.Backwards.class})
class TransformedJobsTest {

    @TestConfiguration(proxyBeanMethods = false)
    static class Backwards {
        @Bean
        PayloadTransform backwards() {
            return new PayloadTransform() {
                @Override
                public String name() {
                    return "backwards";
                }

                @Override
                public byte[] encode(byte[] payload, Context context) {
                    byte[] turned = new byte[payload.length];
                    for (int i = 0; i < turned.length; i++) {
                        turned[i] = payload[turned.length - 1 - i];
                    }
                    return turned;
                }

                @Override
                public byte[] decode(byte[] stored, Context context) {
                    return encode(stored, context);
                }
            };
        }
    }

    @Autowired
    private TestJobs jobs;

    @Autowired
    private JobClient client;

    @Test
    void payloadsAreSeenAsTheyWereEnqueued() {
        client.enqueue(Mill.GRIND.job(new Mill.Grain("rye"))).block();

        jobs.runDue();

        assertThat(jobs.payloads(Mill.SIEVE)).containsExactly(new Mill.Flour("rye flour"));
        assertThat(jobs.enqueued(Mill.SIEVE))
                .extracting(JobSnapshot::payloadTransform)
                .containsExactly("backwards");
    }
}
