package io.headrace.benchmarks.peer;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Threads that each do the next of so many calls until all are done, as the request threads of a service do: no more of
 * them than there are connections, since the others would only wait.
 */
final class Callers {

    /** One call. */
    interface Call {
        void make(long number) throws Exception;
    }

    private final int threads;

    Callers(int threads) {
        this.threads = threads;
    }

    /**
     * Makes calls with the numbers from 0 up.
     *
     * @throws IllegalStateException with the first error as its cause; the calls after it may not have been made
     */
    void make(int calls, Call call) throws InterruptedException {
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            AtomicLong next = new AtomicLong();
            Callable<Boolean> caller = () -> {
                for (long number = next.getAndIncrement(); number < calls; number = next.getAndIncrement()) {
                    call.make(number);
                }
                return true;
            };
            List<Future<Boolean>> callers = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                callers.add(executor.submit(caller));
            }
            for (Future<Boolean> one : callers) {
                one.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("a call failed: " + e.getCause(), e.getCause());
        } finally {
            executor.shutdownNow();
        }
    }
}
