package io.headrace.engine.step;

import io.headrace.JobId;
import io.headrace.LeaseLostException;
import io.headrace.engine.lease.LeasedJob;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Something of an attempt on its way to the store, and somebody who waits for it. Answered once. */
abstract class Sending<S> {

    private final LeasedJob job;
    private final Sinks.Empty<Void> answer = Sinks.empty();
    private @Nullable S last;
    private long lease;

    Sending(LeasedJob job) {
        this.job = job;
    }

    LeasedJob job() {
        return job;
    }

    /** How many characters it adds to a statement. */
    abstract long length();

    /** Names it in an error. */
    abstract String what();

    abstract S toSend(long underLease);

    /** It is in the store. */
    void sent() {}

    S send() {
        lease = job.lease().id();
        S sent = toSend(lease);
        last = sent;
        return sent;
    }

    /** Whether what was sent last is among these. */
    boolean isIn(Set<S> sent) {
        return last != null && sent.contains(last);
    }

    /** Whether its job has moved to another lease of this engine since it was sent. */
    boolean hasMoved() {
        return job.lease().id() != lease;
    }

    /** Completes when it is in the store. */
    Mono<Void> answer() {
        return answer.asMono();
    }

    void done() {
        sent();
        answer.emitEmpty(Sinks.EmitFailureHandler.FAIL_FAST);
    }

    void failed(Throwable error) {
        answer.emitError(error, Sinks.EmitFailureHandler.FAIL_FAST);
    }

    /** Its job is no longer under the lease: the attempt is cancelled, and this fails. */
    void late() {
        long id = job.job().id();
        job.lease().lose(id);
        failed(new LeaseLostException(new JobId(id), lease, what()));
    }
}
