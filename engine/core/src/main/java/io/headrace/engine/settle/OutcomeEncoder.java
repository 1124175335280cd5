package io.headrace.engine.settle;

import io.headrace.JobId;
import io.headrace.JobOutcome;
import io.headrace.NewJob;
import io.headrace.engine.guard.ErrorText;
import io.headrace.engine.lease.LeasedJob;
import io.headrace.engine.value.StoredValues;
import io.headrace.spi.EncodedJob;
import io.headrace.spi.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** What a handler asks for with its outcome, as the store takes it. Throws what the handler is to blame for. Thread-safe. */
public final class OutcomeEncoder implements JobOutcome.Cases<Verdict> {

    private final StoredValues values;
    private final Function<NewJob<?>, EncodedJob> jobs;

    /** @param jobs encodes jobs as the engine's client does */
    public OutcomeEncoder(StoredValues values, Function<NewJob<?>, EncodedJob> jobs) {
        this.values = values;
        this.jobs = jobs;
    }

    /**
     * What an outcome asks for.
     *
     * @param job the job whose outcome it is, which its follow-ups name in a header
     */
    public Verdict encode(JobOutcome outcome, LeasedJob job) {
        return (outcome instanceof JobOutcome.CompleteWith with ? ofJob(with, job) : outcome).fold(this);
    }

    /** The same with the result as it is stored, and with follow-ups that name the job. */
    private JobOutcome ofJob(JobOutcome.CompleteWith outcome, LeasedJob job) {
        String id = new JobId(job.job().id()).toString();
        List<NewJob<?>> next = new ArrayList<>(outcome.next().size());
        outcome.next().forEach(each -> next.add(each.header(JobOutcome.AFTER_HEADER, id)));
        Object result = outcome.result();
        return new JobOutcome.CompleteWith(result == null ? null : values.writeResult(job, result), next);
    }

    @Override
    public Verdict complete() {
        return Verdict.Completed.INSTANCE;
    }

    /** Of a result as it is stored. */
    @Override
    public Verdict completeWith(JobOutcome.CompleteWith outcome) {
        Object result = outcome.result();
        if (result == null && outcome.next().isEmpty()) {
            return Verdict.Completed.INSTANCE;
        }
        List<EncodedJob> next = new ArrayList<>(outcome.next().size());
        for (NewJob<?> job : outcome.next()) {
            next.add(jobs.apply(job));
        }
        return new Verdict.CompletedWith((String) result, next);
    }

    @Override
    public Verdict retry(JobOutcome.Retry outcome) {
        return new Verdict.Retried(outcome.delay(), ErrorText.of(JobOutcome.Retry.class.getName(), outcome.reason()));
    }

    @Override
    public Verdict snooze(JobOutcome.Snooze outcome) {
        return new Verdict.Snoozed(outcome.delay());
    }

    @Override
    public Verdict await(JobOutcome.Await outcome) {
        return new Verdict.Awaiting(outcome.key(), outcome.timeout());
    }

    @Override
    public Verdict fail(JobOutcome.Fail outcome) {
        return new Verdict.Failed(ErrorText.of(JobOutcome.Fail.class.getName(), outcome.reason()));
    }

    @Override
    public Verdict cancel(JobOutcome.Cancel outcome) {
        return new Verdict.Cancelled(ErrorText.of(JobOutcome.Cancel.class.getName(), outcome.reason()));
    }
}
