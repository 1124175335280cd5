package io.headrace.engine.client;

import io.headrace.EnqueueOverflowException;
import io.headrace.Enqueued;
import io.headrace.InvalidJobException;
import io.headrace.JobId;
import io.headrace.UniqueKeyBusyException;
import io.headrace.engine.claim.Reservation;
import io.headrace.engine.flush.SmartFlush;
import io.headrace.engine.guard.ErrorText;
import io.headrace.spi.EncodedJob;
import io.headrace.spi.JobIntake;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Writes jobs. Calls that come at the same time leave in one statement, or in up to three at a time if they are many; if the store
 * refuses the data of one of them, the calls are halved until the guilty one is alone, so that no other gets the error.
 * Thread-safe.
 */
final class EnqueueFlush {

    private static final Logger log = LoggerFactory.getLogger(EnqueueFlush.class);

    /** Fewer than a store has connections, or claims would wait behind enqueues. */
    private static final int MOST_STATEMENTS = 3;

    private final JobIntake intake;
    private final WaitingRoom waiting;
    private final EnqueueHost host;
    private final UnservedQueues unserved;
    private final SmartFlush<EnqueueCall> plain = flushes(MOST_STATEMENTS);
    /** Calls with unique keys have statements of their own: such a one may have to wait for somebody's transaction. */
    private final SmartFlush<EnqueueCall> keyed = flushes(1);

    private final BusyKeys busyKeys;

    EnqueueFlush(
            JobIntake intake, WaitingRoom waiting, ClientSettings settings, EnqueueHost host, UnservedQueues unserved) {
        this.intake = intake;
        this.waiting = waiting;
        this.host = host;
        this.unserved = unserved;
        plain.onBroken(EnqueueFlush::fail);
        keyed.onBroken(EnqueueFlush::fail);
        this.busyKeys =
                new BusyKeys(this::writeAlone, keyed::add, waiting::leave, settings.maxKeyWait(), settings.scheduler());
    }

    private SmartFlush<EnqueueCall> flushes(int mostStatements) {
        return new SmartFlush<>(
                EnqueueCall::size,
                JobId.BLOCK_SIZE,
                EnqueueCall::length,
                EnqueueCall.MOST_LENGTH,
                mostStatements,
                this::flush);
    }

    /** One call's jobs, for each subscription. */
    Mono<List<Enqueued>> add(List<EncodedJob> jobs) {
        return Mono.create(caller -> {
            EnqueueCall call = new EnqueueCall(jobs, caller);
            try {
                waiting.enter(call);
            } catch (EnqueueOverflowException e) {
                call.fail(e);
                return;
            }
            if (!call.isKeyed()) {
                plain.add(call);
            } else if (!busyKeys.takes(call)) {
                keyed.add(call);
            }
        });
    }

    private Mono<Void> flush(List<EnqueueCall> calls) {
        List<EnqueueCall> wanted = new ArrayList<>(calls.size());
        int jobs = 0;
        long length = 0;
        for (EnqueueCall call : calls) {
            jobs += call.size();
            length += call.length();
            if (!call.isCancelled()) {
                wanted.add(call);
            }
        }
        waiting.leave(jobs, length);
        return wanted.isEmpty() ? Mono.empty() : write(wanted);
    }

    /**
     * If the data of one call is refused, or a key that it wants is busy, the calls are halved until that one is alone: no other
     * gets the error or waits for the key.
     */
    private Mono<Void> write(List<EnqueueCall> calls) {
        List<EncodedJob> jobs =
                calls.stream().flatMap(call -> call.jobs().stream()).toList();
        // What takes several statements is not claimed at once.
        boolean isLong = calls.size() == 1 && calls.get(0).length() > EnqueueCall.MOST_LENGTH;
        Reservation reserved = isLong ? null : host.reserve(jobs);
        Mono<List<Enqueued>> answered = reserved == null
                ? intake.enqueue(jobs, host.worker()).doOnNext(answers -> wake(jobs))
                : claimAtOnce(jobs, reserved);
        return answered.doOnNext(answers -> answer(calls, answers)).then().onErrorResume(error -> {
            boolean busy = error instanceof UniqueKeyBusyException;
            if ((busy || error instanceof InvalidJobException) && calls.size() > 1) {
                int middle = calls.size() / 2;
                return Flux.just(calls.subList(0, middle), calls.subList(middle, calls.size()))
                        .concatMap(this::write)
                        .then();
            }
            if (busy) {
                waiting.comeBack(calls.get(0));
                busyKeys.add(calls.get(0));
            } else {
                calls.forEach(call -> call.fail(error));
            }
            return Mono.empty();
        });
    }

    /** Tries a call whose key was busy again. */
    private Mono<Void> writeAlone(EnqueueCall call) {
        return intake.enqueue(call.jobs(), host.worker())
                .doOnNext(answers -> {
                    wake(call.jobs());
                    call.answer(answers);
                })
                .then()
                .onErrorResume(error -> {
                    if (error instanceof UniqueKeyBusyException) {
                        return Mono.error(error);
                    }
                    call.fail(error);
                    return Mono.empty();
                });
    }

    private Mono<List<Enqueued>> claimAtOnce(List<EncodedJob> jobs, Reservation reserved) {
        return Mono.defer(() -> intake.enqueueAndClaim(jobs, reserved.request()))
                .doOnError(error -> reserved.end(List.of()))
                .map(answer -> {
                    reserved.end(answer.claimed());
                    if (answer.claimed().isEmpty()) {
                        wake(jobs);
                    }
                    return answer.enqueued();
                });
    }

    /** Before the callers are answered, who may do anything on this thread. */
    private void wake(List<EncodedJob> jobs) {
        unserved.enqueued(jobs);
        DueQueues.of(jobs).forEach(host::enqueued);
    }

    private static void fail(List<EnqueueCall> calls, Throwable error) {
        log.error("Failed to enqueue {} calls", calls.size(), ErrorText.readable(error));
        calls.forEach(call -> call.fail(error));
    }

    private static void answer(List<EnqueueCall> calls, List<Enqueued> answers) {
        int from = 0;
        for (EnqueueCall call : calls) {
            call.answer(answers.subList(from, from + call.size()));
            from += call.size();
        }
    }
}
