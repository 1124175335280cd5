package io.headrace.cli.operations;

import io.headrace.FailedJobs;
import io.headrace.JobId;
import io.headrace.bulk.BulkAction;
import io.headrace.bulk.BulkOperation;
import io.headrace.bulk.WaitingJobs;
import io.headrace.cli.print.Fields;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An operation, as words and as JSON. */
final class OperationText {

    /**
     * What an operation is about; of the selection, what is given.
     *
     * @param action such as {@code retry}
     */
    record About(
            String action,
            List<JobId> ids,
            @Nullable String kind,
            @Nullable String queue,
            @Nullable String fingerprint) {

        String words() {
            return action
                    + (ids.isEmpty() ? "" : " " + ids.size() + (ids.size() == 1 ? " job" : " jobs"))
                    + (kind == null ? "" : " kind " + kind)
                    + (queue == null ? "" : " queue " + queue)
                    + (fingerprint == null ? "" : " fingerprint " + fingerprint);
        }
    }

    private record Selected(String action) implements FailedJobs.Cases<About> {
        @Override
        public About byId(Set<JobId> ids) {
            return new About(action, ids.stream().sorted().toList(), null, null, null);
        }

        @Override
        public About ofKind(String kind) {
            return new About(action, List.of(), kind, null, null);
        }

        @Override
        public About inQueue(String queue) {
            return new About(action, List.of(), null, queue, null);
        }

        @Override
        public About withFingerprint(String fingerprint) {
            return new About(action, List.of(), null, null, fingerprint);
        }
    }

    private static final BulkAction.Cases<About> ABOUT = new BulkAction.Cases<>() {
        @Override
        public About retry(FailedJobs which) {
            return which.fold(new Selected("retry"));
        }

        @Override
        public About discard(FailedJobs which) {
            return which.fold(new Selected("discard"));
        }

        @Override
        public About cancel(WaitingJobs which) {
            return new About("cancel", List.of(), which.kind(), which.queue(), null);
        }
    };

    private OperationText() {}

    static String about(BulkOperation operation) {
        return operation.action().fold(ABOUT).words();
    }

    static Fields json(BulkOperation operation) {
        About about = operation.action().fold(ABOUT);
        return new Fields()
                .with("id", operation.id())
                .with("state", operation.state())
                .with("action", about.action())
                .with("ids", about.ids())
                .with("kind", about.kind())
                .with("queue", about.queue())
                .with("fingerprint", about.fingerprint())
                .with("matched", operation.matched())
                .with("done", operation.done())
                .with("raced", operation.raced())
                .with("pruned", operation.pruned())
                .with("startedBy", operation.startedBy())
                .with("startedAt", operation.startedAt())
                .with("endedAt", operation.endedAt());
    }
}
