package io.headrace.testkit.memory.result;

import io.headrace.JobId;
import io.headrace.JobState;
import io.headrace.JobUpdate;
import io.headrace.spi.AwaitRequest;
import io.headrace.spi.EndsRequest;
import io.headrace.spi.JobEnd;
import io.headrace.spi.ResultStore;
import io.headrace.testkit.memory.places.Contents;
import io.headrace.testkit.memory.places.Steps;
import io.headrace.testkit.memory.places.StoredJob;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import reactor.core.publisher.Mono;

/** Knows how jobs ended, and who waits for that. */
public final class MemoryResults implements ResultStore {

    private final Steps steps;
    private final Contents contents;

    public MemoryResults(Steps steps, Contents contents) {
        this.steps = steps;
        this.contents = contents;
    }

    @Override
    public Mono<List<JobEnd>> await(AwaitRequest request) {
        return steps.step(now -> await(request, now));
    }

    private List<JobEnd> await(AwaitRequest request, Instant now) {
        request.noMore().forEach(id -> contents.places().waiters().remove(id.value(), request.client()));
        List<JobEnd> ends = new ArrayList<>();
        for (JobId id : request.jobs()) {
            Optional<JobEnd> end = ends.size() < MOST_ENDS ? end(id, false) : Optional.empty();
            end.ifPresentOrElse(
                    ends::add,
                    () -> contents.places().waiters().add(id.value(), request.client(), now.plus(request.expiry())));
        }
        return ends;
    }

    @Override
    public Mono<List<JobEnd>> ends(EndsRequest request) {
        return steps.step(now -> Stream.concat(
                        request.jobs().stream().map(id -> end(id, false)),
                        request.completed().stream().map(id -> end(id, true)))
                .flatMap(Optional::stream)
                .toList());
    }

    /** @param completed whether it is found even if it completed without a result, of which other stores keep no row */
    private Optional<JobEnd> end(JobId id, boolean completed) {
        StoredJob job = contents.places().find(id);
        if (job == null || job.state().isLive()) {
            return Optional.empty();
        }
        boolean isCompleted = job.state() == JobState.COMPLETED;
        if (isCompleted && job.result() == null && !completed) {
            return Optional.empty();
        }
        JobUpdate update =
                new JobUpdate(id, job.state(), job.attempt(), null, null, isCompleted ? null : job.lastFailureIfAny());
        return Optional.of(new JobEnd(update, isCompleted ? job.result() : null));
    }
}
