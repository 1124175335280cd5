package io.headrace.console.api;

import io.headrace.FailedJobs;
import io.headrace.InvalidSettingException;
import io.headrace.JobId;
import io.headrace.bulk.BulkAction;
import io.headrace.bulk.WaitingJobs;
import io.headrace.console.problem.ProblemCode;
import io.headrace.console.problem.ProblemException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a bulk operation does, to which jobs, in a request and in an answer. */
record ActionBody(
        @Nullable Verb action,
        @Nullable List<String> ids,
        @Nullable String kind,
        @Nullable String queue,
        @Nullable String fingerprint) {

    /** What can be done with many jobs. */
    enum Verb {
        RETRY,
        DISCARD,
        CANCEL
    }

    BulkAction toAction() {
        try {
            return switch (Bodies.required("action", action)) {
                case RETRY -> new BulkAction.Retry(failed());
                case DISCARD -> new BulkAction.Discard(failed());
                case CANCEL -> new BulkAction.Cancel(waiting());
            };
        } catch (InvalidSettingException e) {
            throw new ProblemException(ProblemCode.INVALID_BODY, String.valueOf(e.getMessage()), e);
        }
    }

    private FailedJobs failed() {
        List<JobId> parsed =
                ids == null ? null : ids.stream().map(ActionBody::id).toList();
        return FailedJobs.select(parsed, kind, queue, fingerprint);
    }

    private WaitingJobs waiting() {
        if (ids != null || fingerprint != null) {
            throw new ProblemException(
                    ProblemCode.INVALID_BODY, "Waiting jobs are selected by 'queue', 'kind' or both, to cancel them");
        }
        return new WaitingJobs(queue, kind);
    }

    private static JobId id(String text) {
        try {
            return JobId.parse(Bodies.required("ids", text));
        } catch (IllegalArgumentException e) {
            throw new ProblemException(ProblemCode.INVALID_BODY, "ids: " + e.getMessage(), e);
        }
    }

    static ActionBody of(BulkAction action) {
        return action.fold(new BulkAction.Cases<>() {
            @Override
            public ActionBody retry(FailedJobs which) {
                return of(Verb.RETRY, which);
            }

            @Override
            public ActionBody discard(FailedJobs which) {
                return of(Verb.DISCARD, which);
            }

            @Override
            public ActionBody cancel(WaitingJobs which) {
                return new ActionBody(Verb.CANCEL, null, which.kind(), which.queue(), null);
            }
        });
    }

    private static ActionBody of(Verb verb, FailedJobs failed) {
        return failed.fold(new FailedJobs.Cases<>() {
            @Override
            public ActionBody byId(Set<JobId> ids) {
                List<String> texts = ids.stream().sorted().map(JobId::toString).toList();
                return new ActionBody(verb, texts, null, null, null);
            }

            @Override
            public ActionBody ofKind(String kind) {
                return new ActionBody(verb, null, kind, null, null);
            }

            @Override
            public ActionBody inQueue(String queue) {
                return new ActionBody(verb, null, null, queue, null);
            }

            @Override
            public ActionBody withFingerprint(String fingerprint) {
                return new ActionBody(verb, null, null, null, fingerprint);
            }
        });
    }
}
