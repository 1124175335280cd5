package io.headrace.engine.settle;

import io.headrace.RetryPolicy;
import io.headrace.engine.lease.Lease;
import io.headrace.engine.lease.LeasedJob;
import io.headrace.spi.EncodedJob;
import io.headrace.spi.Settlement;
import io.headrace.spi.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A verdict on its way to the store. */
final class Settling {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private static final Verdict.Cases<Optional<Duration>> RETURNS_IN = new Verdict.Cases<>() {
        @Override
        public Optional<Duration> completed() {
            return Optional.empty();
        }

        @Override
        public Optional<Duration> completedWith(Verdict.CompletedWith verdict) {
            return Optional.empty();
        }

        @Override
        public Optional<Duration> retried(Verdict.Retried verdict) {
            return Optional.of(verdict.delay());
        }

        @Override
        public Optional<Duration> snoozed(Verdict.Snoozed verdict) {
            return Optional.of(verdict.delay());
        }

        /** A signal may come before, of which the store tells. */
        @Override
        public Optional<Duration> awaiting(Verdict.Awaiting verdict) {
            // If a transaction that has sent the signal is open, the store makes the job due again in a second.
            return Optional.of(verdict.timeout().compareTo(SECOND) < 0 ? verdict.timeout() : SECOND);
        }

        @Override
        public Optional<Duration> released() {
            return Optional.empty();
        }

        @Override
        public Optional<Duration> failed(Verdict.Failed verdict) {
            return Optional.empty();
        }

        @Override
        public Optional<Duration> cancelled(Verdict.Cancelled verdict) {
            return Optional.empty();
        }
    };

    private final LeasedJob job;
    private Verdict verdict;
    private final @Nullable RetryPolicy policy;
    private final long length;
    private final @Nullable Consumer<Boolean> told;
    private @Nullable Settlement settlement;

    /**
     * @param policy spreads the delay of a retry, and decides if follow-ups are refused; {@code null} if neither can be
     * @param length how many characters it adds to a statement
     * @param told of whether it was recorded; {@code null} for nobody
     */
    Settling(
            LeasedJob job,
            Verdict verdict,
            @Nullable RetryPolicy policy,
            long length,
            @Nullable Consumer<Boolean> told) {
        this.job = job;
        this.verdict = verdict;
        this.policy = policy;
        this.length = verdict instanceof Verdict.CompletedWith with ? length + lengthOf(with) : length;
        this.told = told;
    }

    LeasedJob job() {
        return job;
    }

    Verdict verdict() {
        return verdict;
    }

    @Nullable
    Consumer<Boolean> told() {
        return told;
    }

    /** How many characters it adds to a statement. */
    long length() {
        return length;
    }

    /** The jobs that are enqueued if it is recorded. */
    List<EncodedJob> followUps() {
        return verdict instanceof Verdict.CompletedWith with ? with.next() : List.of();
    }

    private static long lengthOf(Verdict.CompletedWith verdict) {
        long length = verdict.result() == null ? 0 : verdict.result().length();
        for (EncodedJob job : verdict.next()) {
            length += job.length();
        }
        return length;
    }

    /** How many rows it adds to a statement. */
    int weight() {
        return 1 + followUps().size();
    }

    /** Whether a follow-up may have to wait for somebody's transaction. */
    boolean isKeyed() {
        return verdict instanceof Verdict.CompletedWith && !keys().isEmpty();
    }

    /** The unique keys and those of terms that its follow-ups want. */
    List<String> keys() {
        return followUps().stream()
                .map(EncodedJob::key)
                .filter(Objects::nonNull)
                .toList();
    }

    /** Fails the attempt instead, if the store refuses the data of its follow-ups; answers whether that can be the cause. */
    boolean fails(Throwable error) {
        if (policy == null || followUps().isEmpty()) {
            return false;
        }
        verdict = Verdicts.of(error, job, policy);
        return true;
    }

    /** What was sent to the store; {@code null} if nothing was. */
    @Nullable
    Settlement sent() {
        return settlement;
    }

    /** After what time it runs again at the earliest, if it was recorded; empty if that is not known, or never. */
    Optional<Duration> returnsIn() {
        Settlement sent = settlement;
        return sent == null ? Optional.empty() : sent.verdict().fold(RETURNS_IN);
    }

    /** @param spread between -1 and 1: the same for all that leave together */
    Settlement send(double spread) {
        double jitter = policy == null ? 0 : policy.backoff().jitter();
        Verdict order = jitter == 0 || verdict == Verdict.Completed.INSTANCE
                ? verdict
                : verdict.fold(new SpreadDelay(1 + jitter * spread));
        Lease lease = job.lease();
        Settlement sent =
                new Settlement(lease.id(), job.job().id(), job.job().uniqueKey() != null, order, lease.unsettled());
        settlement = sent;
        return sent;
    }
}
