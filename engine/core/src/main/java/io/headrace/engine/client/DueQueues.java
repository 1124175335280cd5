package io.headrace.engine.client;

import io.headrace.spi.EncodedJob;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which queues are to be woken, and when. */
final class DueQueues {

    private DueQueues() {}

    /**
     * The queues that get a job, each with the delay after which its first may be due. One whose due time is named by the store's
     * clock may be due now, as far as this process can tell.
     */
    static Map<String, Duration> of(List<EncodedJob> jobs) {
        Map<String, Duration> delays = new HashMap<>();
        for (EncodedJob job : jobs) {
            Duration before = delays.get(job.queue());
            if (before == null || job.delay().compareTo(before) < 0) {
                delays.put(job.queue(), job.delay());
            }
        }
        return delays;
    }
}
