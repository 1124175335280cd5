package io.headrace.spring.test;

import io.headrace.AttemptFailure;
import io.headrace.JobSnapshot;
import io.headrace.JobState;
import io.headrace.JobType;
import io.headrace.PayloadCodec;
import io.headrace.PayloadTransforms;
import io.headrace.testkit.InMemoryJobStore;
import io.headrace.testkit.ManualClock;
import java.time.Duration;
import java.util.List;

/**
 * The jobs of the application under test. They run only when the test asks for it, and can be inspected. The methods
 * block. Thread-safe.
 */
public final class TestJobs {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final InMemoryJobStore store;
    private final ManualClock clock;
    private final PayloadCodec codec;
    private final PayloadTransforms transforms;

    TestJobs(InMemoryJobStore store, ManualClock clock, PayloadCodec codec, PayloadTransforms transforms) {
        this.store = store;
        this.clock = clock;
        this.codec = codec;
        this.transforms = transforms;
    }

    /**
     * Runs all due jobs, and the due jobs that these enqueue. Failed jobs wait for their next attempt, see
     * {@link #runDueAfter(Duration)}.
     *
     * @throws IllegalStateException if jobs are still due or running after 10 s: perhaps there is no handler for their
     *     kind, or no engine for their queue
     */
    public void runDue() {
        runDue(PATIENCE);
    }

    /** Like {@link #runDue()}, with the given timeout. */
    public void runDue(Duration patience) {
        try {
            store.runDue().block(patience);
        } catch (IllegalStateException e) {
            throw new IllegalStateException(
                    "After " + patience + " these jobs are still pending: " + store.jobs(JobState.PENDING)
                            + "; these are running: " + store.jobs(JobState.LEASED)
                            + ". Does the test have a handler for their kind, and an engine for their queue?",
                    e);
        }
    }

    /** Advances the clock of the jobs, then runs all due jobs. */
    public void runDueAfter(Duration time) {
        clock.advance(time);
        runDue();
    }

    /** Returns all enqueued jobs of a type, in any state, in the order of their enqueue. */
    public List<JobSnapshot> enqueued(JobType<?> type) {
        return store.enqueued(type);
    }

    /** Returns the payloads of all enqueued jobs of a type, in any state, in the order of their enqueue. */
    public <T> List<T> payloads(JobType<T> type) {
        return store.enqueued(type).stream()
                .map(job -> payload(type, transforms.decode(job)))
                .toList();
    }

    @SuppressWarnings("unchecked") // what a job of the type carries is of its type
    private <T> T payload(JobType<T> type, String json) {
        return (T) codec.read(json, type.payloadType());
    }

    /**
     * Asserts that there are jobs of a type and that all of them are completed.
     *
     * @throws AssertionError if not; it shows the state of each job that is not completed, and the error of its last
     *     failed attempt with the stack trace
     */
    public void assertCompleted(JobType<?> type) {
        List<JobSnapshot> all = store.enqueued(type);
        if (all.isEmpty()) {
            throw new AssertionError("No job of kind '" + type.kind() + "' was enqueued");
        }
        List<String> others = all.stream()
                .filter(job -> job.state() != JobState.COMPLETED)
                .map(TestJobs::describe)
                .toList();
        if (!others.isEmpty()) {
            throw new AssertionError(others.size() + " of " + all.size() + " jobs of kind '" + type.kind()
                    + "' are not completed:\n" + String.join("\n", others));
        }
    }

    private static String describe(JobSnapshot job) {
        String stands = "job " + job.id() + " is " + job.state() + " after " + job.attempt() + " attempts";
        if (job.failures().isEmpty()) {
            return stands;
        }
        AttemptFailure last = job.failures().get(job.failures().size() - 1);
        return stands + ", the last of which failed: "
                + (last.trace() == null ? last.errorType() + ": " + last.message() : last.trace());
    }

    /** Returns the jobs in a state, in the order of their enqueue. */
    public List<JobSnapshot> in(JobState state) {
        return store.jobs(state);
    }

    /** Removes all jobs and all fires of schedules. Schedules stay. Called before each test method. */
    public void clear() {
        store.clear();
    }
}
