package io.headrace.testkit.memory.operate;

import io.headrace.JobState;
import io.headrace.QueueSnapshot;
import io.headrace.operate.Diagnosis;
import io.headrace.operate.Problem;
import io.headrace.operate.Reading;
import io.headrace.spi.QueueCondition;
import io.headrace.testkit.memory.places.Contents;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says what is wrong with the queues: in memory, there is nothing else that could be. Guarded by the store's lock. */
final class DiagnoseStep {

    private final Contents contents;
    private final Instant now;

    DiagnoseStep(Contents contents, Instant now) {
        this.contents = contents;
        this.now = now;
    }

    Diagnosis diagnosis() {
        LookStep look = new LookStep(contents.places(), contents.workers().byId(), now);
        long live = contents.places().jobs().values().stream()
                .map(job -> job.state())
                .filter(JobState::isLive)
                .count();
        List<Problem> problems = look.queues(contents.paused().keySet()).stream()
                .flatMap(queue -> condition(queue).problems().stream())
                .toList();
        return new Diagnosis(
                List.of(
                        new Reading("STORE", "store", "in memory"),
                        new Reading("LIVE_JOBS", "live jobs", String.valueOf(live))),
                problems);
    }

    private QueueCondition condition(QueueSnapshot queue) {
        return new QueueCondition(queue.queue(), queue.oldestDue(), queue.workers() > 0, pausedFor(queue.queue()));
    }

    private @Nullable Duration pausedFor(String queue) {
        Instant since = contents.paused().get(queue);
        return since == null ? null : Duration.between(since, now);
    }
}
