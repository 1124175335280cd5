package io.headrace.testkit.memory.lease;

import io.headrace.spi.PollAnswer;
import io.headrace.spi.PollRequest;
import io.headrace.testkit.memory.places.Contents;
import io.headrace.testkit.memory.places.StoredJob;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;

/** One look at a queue. Guarded by the store's lock. */
final class PollStep {

    private final Contents contents;
    private final PollRequest request;
    private final Instant now;

    PollStep(Contents contents, PollRequest request, Instant now) {
        this.contents = contents;
        this.request = request;
        this.now = now;
    }

    PollAnswer run() {
        boolean paused = contents.paused().containsKey(request.queue());
        var waiting = contents.places().pendingIn(request.queue());
        boolean due = waiting.stream()
                .anyMatch(job ->
                        job.isDue(now) && request.kinds().contains(job.content().kind()));
        Duration nextDue = waiting.stream()
                .filter(job -> !job.isDue(now))
                .map(StoredJob::runAt)
                .min(Comparator.naturalOrder())
                .map(at -> Duration.between(now, at))
                .orElse(null);
        return new PollAnswer(due && !paused, paused, nextDue);
    }
}
