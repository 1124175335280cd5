package io.headrace.testkit.memory.operate;

import io.headrace.FailedJobs;
import io.headrace.JobState;
import io.headrace.bulk.BulkAction;
import io.headrace.bulk.BulkPreview;
import io.headrace.bulk.BulkState;
import io.headrace.bulk.WaitingJobs;
import io.headrace.testkit.memory.places.Contents;
import io.headrace.testkit.memory.places.QueueAndKind;
import io.headrace.testkit.memory.places.StoredJob;
import io.headrace.testkit.memory.places.StoredOperation;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Carries out a chunk of a bulk operation. Under one lock nobody can race. Guarded by it. */
final class BulkStep {

    private static final int CHUNK = 250;

    private final Contents contents;
    private final DecideStep decide;
    private final Instant now;

    BulkStep(Contents contents, Instant now) {
        this.contents = contents;
        this.decide = new DecideStep(contents.places(), contents.workers(), now);
        this.now = now;
    }

    void run(StoredOperation operation) {
        if (operation.state() == BulkState.RUNNING) {
            List<StoredJob> chunk = matching(operation.action())
                    .filter(job -> job.id() > operation.cursor() && wasThere(job, operation))
                    .limit(CHUNK)
                    .toList();
            chunk.forEach(deed(operation.action()));
            operation.advance(
                    chunk.isEmpty()
                            ? operation.cursor()
                            : chunk.get(chunk.size() - 1).id(),
                    chunk.size());
            if (chunk.size() == CHUNK) {
                return;
            }
        }
        operation.end(now, decide.pruned(operation.action()));
    }

    private static boolean wasThere(StoredJob job, StoredOperation operation) {
        return job.state() == JobState.PENDING
                ? job.id() <= operation.lastJob()
                : !job.lastFailedAt().isAfter(operation.startedAt());
    }

    private Stream<StoredJob> matching(BulkAction action) {
        Predicate<StoredJob> isMeant = action.fold(new BulkAction.Cases<>() {
            @Override
            public Predicate<StoredJob> retry(FailedJobs which) {
                return failed(which);
            }

            @Override
            public Predicate<StoredJob> discard(FailedJobs which) {
                return failed(which);
            }

            @Override
            public Predicate<StoredJob> cancel(WaitingJobs which) {
                return job -> job.state() == JobState.PENDING && job.isOf(which.queue(), which.kind());
            }

            private Predicate<StoredJob> failed(FailedJobs which) {
                Predicate<StoredJob> meant = DecideStep.isMeant(which);
                return job -> contents.places().tombstones().contains(job.id())
                        && job.state() == JobState.FAILED
                        && meant.test(job);
            }
        });
        return contents.places().jobs().values().stream().filter(isMeant);
    }

    private Consumer<StoredJob> deed(BulkAction action) {
        return action.fold(new BulkAction.Cases<>() {
            @Override
            public Consumer<StoredJob> retry(FailedJobs which) {
                return job -> contents.places().revive(job, now);
            }

            @Override
            public Consumer<StoredJob> discard(FailedJobs which) {
                return decide::discard;
            }

            @Override
            public Consumer<StoredJob> cancel(WaitingJobs which) {
                return decide::cancelWaiting;
            }
        });
    }

    BulkPreview preview(BulkAction action) {
        Map<QueueAndKind, Long> counts =
                matching(action).collect(Collectors.groupingBy(QueueAndKind::of, Collectors.counting()));
        List<BulkPreview.Group> groups = counts.entrySet().stream()
                .map(entry -> new BulkPreview.Group(
                        entry.getKey().queue(), entry.getKey().kind(), entry.getValue()))
                .sorted(Comparator.comparingLong(BulkPreview.Group::count)
                        .reversed()
                        .thenComparing(BulkPreview.Group::queue)
                        .thenComparing(BulkPreview.Group::kind))
                .toList();
        return new BulkPreview(
                groups, groups.stream().mapToLong(BulkPreview.Group::count).sum(), false);
    }
}
