package io.headrace.engine.settle;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.JobProgress;
import io.headrace.engine.guard.LoopGuard;
import io.headrace.engine.lease.LeaseBook;
import io.headrace.engine.lease.LeasedJob;
import io.headrace.spi.ClaimedJob;
import io.headrace.spi.LeaseStore;
import io.headrace.spi.ProgressNote;
import io.headrace.spi.Suspicion;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

class ProgressNotesTest {

    private final List<JobProgress> written = new ArrayList<>();
    private final Later later = new Later();
    private final ProgressNotes notes =
            new ProgressNotes(store(), () -> 7, Duration.ofHours(1), later, new LoopGuard(problem -> {}));
    private final LeasedJob job = job();

    /** Runs what is due before it returns, as a fast thread beside a slow one would, and keeps the rest. */
    private static final class Later implements Scheduler {
        private final List<Runnable> kept = new ArrayList<>();

        @Override
        public Disposable schedule(Runnable task) {
            task.run();
            return Disposables.single();
        }

        @Override
        public Disposable schedule(Runnable task, long delay, TimeUnit unit) {
            if (delay <= 0) {
                return schedule(task);
            }
            kept.add(task);
            return () -> kept.remove(task);
        }

        @Override
        public Worker createWorker() {
            throw new UnsupportedOperationException();
        }
    }

    private static LeasedJob job() {
        ClaimedJob job = new ClaimedJob(1, 1, "grind", 4, 1, "\"rye\"", null, null, null, 0);
        return new LeasedJob(job, new LeaseBook().hold(1), null, 0, Suspicion.NONE);
    }

    /** While the first report is written, the next is made. */
    private LeaseStore store() {
        return (LeaseStore) Proxy.newProxyInstance(
                LeaseStore.class.getClassLoader(), new Class<?>[] {LeaseStore.class}, (proxy, method, arguments) -> {
                    ((List<?>) arguments[1]).forEach(note -> written.add(((ProgressNote) note).progress()));
                    if (written.size() == 1) {
                        notes.report(job, new JobProgress(60, null));
                    }
                    return Mono.empty();
                });
    }

    @Test
    void aReportThatArrivesDuringTheFirstWriteIsWrittenToo() {
        notes.report(job, new JobProgress(30, null));
        assertThat(later.kept).hasSize(1);

        later.kept.remove(0).run();

        assertThat(written).containsExactly(new JobProgress(30, null), new JobProgress(60, null));
    }

    @Test
    void nothingIsWrittenOnceItIsClosed() {
        notes.report(job, new JobProgress(30, null));
        List<Runnable> timers = List.copyOf(later.kept);
        notes.close().block();
        notes.report(job, new JobProgress(90, null));

        timers.forEach(Runnable::run);

        assertThat(written).containsExactly(new JobProgress(30, null), new JobProgress(60, null));
    }
}
