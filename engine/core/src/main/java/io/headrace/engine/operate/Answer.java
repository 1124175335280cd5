package io.headrace.engine.operate;

import io.headrace.CancelAnswer;
import io.headrace.DiscardReport;
import io.headrace.Enqueued;
import io.headrace.JobId;
import io.headrace.RetryReport;
import io.headrace.bulk.BulkOperation;
import io.headrace.schedule.BackfillReport;
import io.headrace.schedule.FireSnapshot;
import io.headrace.schedule.SaveAnswer;
import io.headrace.signal.SignalAnswer;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What came of a decision, as it is logged.
 *
 * @param count how many it changed, {@code null} if it has no count
 */
record Answer(@Nullable Long count, String text) {

    static final Answer DONE = new Answer(null, "done");
    static final Answer ABANDONED = new Answer(null, "abandoned: the caller cancelled; part of it may be done");

    static Answer failed(String problem) {
        return new Answer(null, "failed: " + problem);
    }

    static Answer of(CancelAnswer answer) {
        boolean isCancelled = answer == CancelAnswer.CANCELLED || answer == CancelAnswer.CANCELLED_WHILE_LEASED;
        return new Answer(isCancelled ? 1L : 0L, words(answer));
    }

    /** @param waits whether the job was one that waits */
    static Answer ofWaiting(boolean waits) {
        return new Answer(waits ? 1L : 0L, waits ? "due now" : "does not wait");
    }

    static Answer of(RetryReport report) {
        return decided(report.matched(), report.retried(), report.raced(), report.prunedPastRetention());
    }

    static Answer of(DiscardReport report) {
        return decided(report.matched(), report.discarded(), report.raced(), report.prunedPastRetention());
    }

    /** Of a probe. */
    static Answer of(Optional<JobId> retried) {
        return new Answer(
                retried.isPresent() ? 1L : 0L,
                retried.map(id -> "retried " + id).orElse("nothing to retry"));
    }

    private static Answer decided(long matched, long done, long raced, long pruned) {
        return new Answer(
                done, String.format("matched %d, done %d, raced %d, pruned %d", matched, done, raced, pruned));
    }

    static Answer of(Enqueued enqueued) {
        return new Answer(
                enqueued.created() ? 1L : 0L, (enqueued.created() ? "created " : "not created: ") + enqueued.id());
    }

    static Answer of(SignalAnswer answer) {
        return new Answer(
                answer.woken(),
                answer.created() ? "woke " + answer.woken() + " jobs" : "not sent: the key was signalled before");
    }

    static Answer of(SaveAnswer answer) {
        return new Answer(1L, words(answer));
    }

    static Answer of(FireSnapshot fire) {
        return new Answer(1L, fire.job() == null ? words(fire.outcome()) : words(fire.outcome()) + " " + fire.job());
    }

    /** Of an operation that was asked to stop. */
    static Answer of(BulkOperation operation) {
        return new Answer(operation.done(), words(operation.state()));
    }

    static Answer of(BackfillReport report) {
        return new Answer(
                report.fired(),
                String.format(
                        "instants %d, fired %d, failed %d, already %d",
                        report.instants(), report.fired(), report.failed(), report.already()));
    }

    private static String words(Enum<?> answer) {
        return answer.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
