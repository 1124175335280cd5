package io.headrace.spi;

import io.headrace.JobId;
import io.headrace.signal.AwaitedSignal;
import io.headrace.signal.SignalAnswer;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * The facet of a store for signals. Jobs begin to wait with {@link Verdict.Awaiting}. {@link JobStore} documents what applies
 * to every call.
 */
public interface SignalStore {

    /**
     * Sends a signal: stores it unless there is one with its key, and makes the jobs that wait for it due. A job that waits is
     * taken either by the signal or by a claim after its timeout.
     *
     * @return fails with a {@link io.headrace.signal.SignalBusyException} if an open transaction has sent the same key
     */
    Mono<SignalAnswer> signal(NewSignal signal);

    /**
     * Answers jobs that ask whether a signal has come. The first answer after a wait decides: the same job gets the same
     * answer until it waits for the key again.
     *
     * @return an answer for each question, in the same order
     */
    Mono<List<SignalReading>> read(List<SignalQuestion> questions);

    /**
     * Lists jobs that wait, ordered by key and then by job.
     *
     * @param key only for this key; {@code null} for all
     * @param after only beyond this place; {@code null} for the first
     * @param most how many rows to read at most
     */
    Mono<AwaitedSlice> awaiting(@Nullable String key, @Nullable AwaitedPlace after, int most);

    /**
     * Forgets signals that are older than the retention, some at a time. Those that a job has waited for or read stay as long
     * as the job.
     *
     * @return how many were forgotten; 0 if none is left
     */
    Mono<Long> prune(Duration retention);

    /** A place in the list of jobs that wait. */
    record AwaitedPlace(String key, JobId job) {}

    /**
     * Some of the jobs that wait.
     *
     * @param waits the jobs
     * @param next where to continue; {@code null} at the end
     */
    record AwaitedSlice(List<AwaitedSignal> waits, @Nullable AwaitedPlace next) {}
}
