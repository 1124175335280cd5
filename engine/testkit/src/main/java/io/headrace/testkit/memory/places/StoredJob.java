package io.headrace.testkit.memory.places;

import io.headrace.AttemptFailure;
import io.headrace.JobId;
import io.headrace.JobSnapshot;
import io.headrace.JobState;
import io.headrace.spi.ClaimedJob;
import io.headrace.spi.EncodedJob;
import io.headrace.spi.FailureTrace;
import io.headrace.spi.Payload;
import io.headrace.spi.PayloadRequest;
import io.headrace.spi.Suspicion;
import io.headrace.spi.Verdict;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One job and what has become of it. Guarded by the store's lock. */
public final class StoredJob {

    /** In what order jobs that are due are claimed. */
    public static final Comparator<StoredJob> CLAIM_ORDER = Comparator.comparingInt(
                    (StoredJob job) -> job.content.priority())
            .thenComparing(job -> job.runAt)
            .thenComparingLong(job -> job.id);

    /** Longer ones are withheld by a claim, in characters of JSON. */
    private static final int MOST_WITH_CLAIM = 2_000;

    private final long id;
    private final EncodedJob content;
    private final List<AttemptFailure> failures = new ArrayList<>();
    private @Nullable String lastFrame;
    private JobState state = JobState.PENDING;
    private Instant runAt;
    private int attempt;
    private Suspicion suspicion = Suspicion.NONE;
    private long move;
    private @Nullable String result;

    public StoredJob(long id, EncodedJob content, Instant runAt) {
        this.id = id;
        this.content = content;
        this.runAt = runAt;
    }

    public long id() {
        return id;
    }

    public EncodedJob content() {
        return content;
    }

    public JobState state() {
        return state;
    }

    /** When it is due or, while it is leased, when it was: its place in the queue should it be handed back. */
    public Instant runAt() {
        return runAt;
    }

    /** How many attempts count, the one under way included. */
    public int attempt() {
        return attempt;
    }

    public Suspicion suspicion() {
        return suspicion;
    }

    public boolean isDue(Instant now) {
        return !runAt.isAfter(now);
    }

    /** Whether it still waits where it was put when it was enqueued. */
    public boolean waitsAsEnqueued(Instant dueAt) {
        return state == JobState.PENDING
                && runAt.equals(dueAt)
                && attempt == 0
                && suspicion == Suspicion.NONE
                && failures.isEmpty();
    }

    @Nullable
    public UniqueKey uniqueKey() {
        String key = content.uniqueKey();
        return key == null ? null : new UniqueKey(content.kind(), key);
    }

    /**
     * Changes its state.
     *
     * @throws IllegalStateException if the state machine has no such move
     */
    public void moveTo(JobState next) {
        if (!state.next().contains(next)) {
            throw new IllegalStateException("job " + new JobId(id) + " cannot move from " + state + " to " + next);
        }
        state = next;
    }

    /** Only while it stands in no queue, which is ordered by this. */
    public void dueAt(Instant moment) {
        runAt = moment;
    }

    /** Whether it is in a queue and of a kind; null stands for any. */
    public boolean isOf(@Nullable String queue, @Nullable String kind) {
        return (queue == null || queue.equals(content.queue())) && (kind == null || kind.equals(content.kind()));
    }

    /** Keeps its result, as JSON. */
    public void keepResult(@Nullable String json) {
        result = json;
    }

    /** Its result, as JSON; null if it has none. */
    public @Nullable String result() {
        return result;
    }

    /** The number of the move that made it wait last. */
    public long move() {
        return move;
    }

    void movedAs(long number) {
        move = number;
    }

    /** As when it was new, save for its failures. */
    public void beginAnew(Instant now) {
        attempt = 0;
        suspicion = Suspicion.NONE;
        runAt = now;
    }

    /** When the last of its failures was recorded: of a tombstone, when it died. */
    public Instant lastFailedAt() {
        return lastFailure().at();
    }

    /** The last of its failures, of which a tombstone has at least one. */
    public AttemptFailure lastFailure() {
        return failures.get(failures.size() - 1);
    }

    /** The last of its failures, without its stack trace; null if it has none. */
    public @Nullable AttemptFailure lastFailureIfAny() {
        return failures.isEmpty() ? null : lastFailure().withoutTrace();
    }

    /** When its failures were recorded, oldest first. */
    public List<Instant> failedAt() {
        return failures.stream().map(AttemptFailure::at).toList();
    }

    /** The line of the trace of its last failure that tells most. */
    public @Nullable String lastFrame() {
        return lastFrame;
    }

    public void beginAttempt() {
        attempt++;
    }

    public void uncharge() {
        attempt--;
    }

    public void suspectMore() {
        suspicion = suspicion.stronger();
    }

    public void suspectNoMore() {
        suspicion = Suspicion.NONE;
    }

    /**
     * Records why an attempt failed.
     *
     * @param version of the engine that made it
     */
    public void recordFailure(Instant at, Verdict.Failure failure, @Nullable String version) {
        FailureTrace trace = failure.trace();
        lastFrame = trace == null ? null : trace.frame();
        failures.add(new AttemptFailure(
                attempt,
                at,
                failure.type(),
                failure.message(),
                trace == null ? null : FailureTrace.whole(failure.type(), failure.message(), trace.text()),
                failure.fingerprint(),
                version));
    }

    public ClaimedJob claimedUnder(long lease, Instant now, boolean withholding) {
        ClaimedJob claimed = new ClaimedJob(
                lease,
                id,
                content.kind(),
                content.priority(),
                attempt,
                content.payload(),
                content.headers(),
                content.maxAttempts(),
                content.uniqueKey(),
                Duration.between(runAt, now).toMillis());
        return withholding || content.length() > MOST_WITH_CLAIM ? claimed.withholding(content.length()) : claimed;
    }

    /** What was withheld, unless it is longer than asked for. */
    public Payload payload(PayloadRequest request) {
        long bytes = utf8(content.payload()) + (content.headers() == null ? 0 : utf8(content.headers()));
        return bytes <= request.mostBytes()
                ? new Payload(id, bytes, content.payload(), content.headers())
                : new Payload(id, bytes, null, null);
    }

    private static long utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    /** @param worker the worker that has leased it, or null */
    JobSnapshot snapshot(@Nullable String worker) {
        return new JobSnapshot(
                new JobId(id),
                state,
                content.queue(),
                content.kind(),
                content.priority(),
                attempt,
                content.maxAttempts(),
                state == JobState.PENDING ? runAt : null,
                content.payload(),
                content.headers(),
                content.uniqueKey(),
                worker,
                result,
                failures);
    }
}
