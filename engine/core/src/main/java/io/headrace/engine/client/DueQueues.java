package io.headrace.engine.client;

import io.headrace.spi.EncodedJob;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Which queues are to be woken. */
final class DueQueues {

    private DueQueues() {}

    /** The queues that get a job which may be due. */
    static Set<String> of(List<EncodedJob> jobs) {
        Set<String> queues = new HashSet<>();
        jobs.forEach(job -> {
            if (job.delay().isZero()) {
                queues.add(job.queue());
            }
        });
        return queues;
    }
}
