package io.headrace.engine.operate;

import io.headrace.FailedJobs;
import io.headrace.JobId;
import io.headrace.NewJob;
import io.headrace.bulk.BulkAction;
import io.headrace.bulk.WaitingJobs;
import java.util.Set;
import java.util.stream.Collectors;

/** What a decision is about, as it is logged. */
final class Subject {

    private static final int MOST_IDS = 20;

    private static final FailedJobs.Cases<String> FAILED = new FailedJobs.Cases<>() {
        @Override
        public String byId(Set<JobId> ids) {
            String first =
                    ids.stream().sorted().limit(MOST_IDS).map(JobId::toString).collect(Collectors.joining(", "));
            return ids.size() > MOST_IDS ? first + " and " + (ids.size() - MOST_IDS) + " more" : first;
        }

        @Override
        public String ofKind(String kind) {
            return "failed jobs of kind " + kind;
        }

        @Override
        public String inQueue(String queue) {
            return "failed jobs in queue " + queue;
        }

        @Override
        public String withFingerprint(String fingerprint) {
            return "failed jobs with fingerprint " + fingerprint;
        }
    };

    private static final BulkAction.Cases<String> ACTION = new BulkAction.Cases<>() {
        @Override
        public String retry(FailedJobs which) {
            return of(which);
        }

        @Override
        public String discard(FailedJobs which) {
            return of(which);
        }

        @Override
        public String cancel(WaitingJobs which) {
            return "waiting jobs"
                    + (which.kind() == null ? "" : " of kind " + which.kind())
                    + (which.queue() == null ? "" : " in queue " + which.queue());
        }
    };

    private Subject() {}

    static String of(BulkAction action) {
        return action.fold(ACTION);
    }

    static String of(FailedJobs which) {
        return which.fold(FAILED);
    }

    static String of(NewJob<?> job) {
        return "a job of kind " + job.type().kind();
    }
}
