package io.headrace.engine.client;

import io.headrace.EnqueueOverflowException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/**
 * The jobs of a client that wait to be written: how many they are and how long their JSON is. A call is turned away while
 * either is over its limit; a stream of jobs is slowed down long before that. Thread-safe.
 */
final class WaitingRoom {

    /** A stream goes on while less than two statements' worth of JSON waits. */
    private static final long MOST_LENGTH_OF_STREAMS = 2 * EnqueueCall.MOST_LENGTH;

    private final int mostJobs;
    private final long mostLength;
    private final AtomicInteger jobs = new AtomicInteger();
    private final AtomicLong length = new AtomicLong();
    private final Queue<MonoSink<Boolean>> streams = new ConcurrentLinkedQueue<>();

    WaitingRoom(int mostJobs, long mostLength) {
        this.mostJobs = mostJobs;
        this.mostLength = mostLength;
    }

    /** @throws EnqueueOverflowException if too much waits already */
    void enter(int moreJobs, long moreLength) {
        int waitingJobs = jobs.getAndAdd(moreJobs);
        long waitingLength = length.getAndAdd(moreLength);
        if (waitingJobs >= mostJobs || waitingLength >= mostLength) {
            leave(moreJobs, moreLength);
            throw new EnqueueOverflowException(waitingJobs, mostJobs, waitingLength, mostLength);
        }
    }

    void enter(EnqueueCall call) {
        enter(call.size(), call.length());
    }

    /** A call that had left waits again, however full it is. */
    void comeBack(EnqueueCall call) {
        jobs.addAndGet(call.size());
        length.addAndGet(call.length());
    }

    void leave(EnqueueCall call) {
        leave(call.size(), call.length());
    }

    void leave(int fewerJobs, long lessLength) {
        jobs.addAndGet(-fewerJobs);
        length.addAndGet(-lessLength);
        letStreamsIn();
    }

    /** The next job of a stream, once a stream may go on. */
    <T> Mono<T> whenThereIsRoom(T next) {
        return hasRoom()
                ? Mono.just(next)
                : Mono.<Boolean>create(sink -> {
                            sink.onDispose(() -> streams.remove(sink));
                            streams.add(sink);
                            letStreamsIn();
                        })
                        .thenReturn(next);
    }

    private boolean hasRoom() {
        return length.get() < MOST_LENGTH_OF_STREAMS;
    }

    private void letStreamsIn() {
        while (!streams.isEmpty() && hasRoom()) {
            MonoSink<Boolean> next = streams.poll();
            if (next != null) {
                next.success();
            }
        }
    }
}
