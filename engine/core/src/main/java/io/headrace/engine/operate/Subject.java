package io.headrace.engine.operate;

import io.headrace.FailedJobs;
import io.headrace.JobId;
import io.headrace.NewJob;
import java.util.Set;
import java.util.stream.Collectors;

/** On what something is decided, as it is logged. */
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

    private Subject() {}

    static String of(FailedJobs which) {
        return which.fold(FAILED);
    }

    static String of(NewJob<?> job) {
        return "a job of kind " + job.type().kind();
    }
}
