package io.headrace.engine.settle;

import io.headrace.JobId;
import io.headrace.engine.guard.ErrorText;
import io.headrace.engine.lease.LeasedJob;
import io.headrace.spi.Verdict;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import reactor.core.scheduler.Scheduler;

/**
 * Logs attempts that failed, once that is recorded: those that left a tombstone at WARN, those that are made again at INFO.
 * When many of a kind fail within a short time, only the first are logged one by one, and the rest is counted. Thread-safe.
 */
public final class AttemptLog {

    private static final Logger log = LoggerFactory.getLogger(AttemptLog.class);

    static final int MOST = 5;
    static final Duration WINDOW = Duration.ofSeconds(10);

    private final Scheduler scheduler;
    private final Map<Key, Window> windows = new ConcurrentHashMap<>();

    private record Key(String kind, Level level) {}

    public AttemptLog(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    void recorded(LeasedJob job, Verdict verdict) {
        verdict.fold(new Recorded(job));
    }

    /** Logs what has failed. */
    private final class Recorded implements Verdict.Cases<Void> {

        private final LeasedJob job;

        Recorded(LeasedJob job) {
            this.job = job;
        }

        @Override
        public Void failed(Verdict.Failed verdict) {
            if (mayLog(job, Level.WARN, verdict.failure())) {
                log.warn(
                        "Job {} of kind '{}' (queue '{}') failed permanently on attempt {}: {}. JobClient.findWithTraces shows the"
                                + " stack trace",
                        new JobId(job.job().id()),
                        job.job().kind(),
                        job.holder().queue(),
                        job.job().attempt(),
                        line(verdict.failure()));
            }
            return null;
        }

        @Override
        public Void retried(Verdict.Retried verdict) {
            if (mayLog(job, Level.INFO, verdict.failure())) {
                log.info(
                        "Job {} of kind '{}' (queue '{}') failed on attempt {}, next attempt in {}: {}",
                        new JobId(job.job().id()),
                        job.job().kind(),
                        job.holder().queue(),
                        job.job().attempt(),
                        verdict.delay(),
                        line(verdict.failure()));
            }
            return null;
        }

        @Override
        public Void completed() {
            return null;
        }

        @Override
        public Void completedWith(Verdict.CompletedWith verdict) {
            return null;
        }

        @Override
        public Void snoozed(Verdict.Snoozed verdict) {
            return null;
        }

        @Override
        public Void awaiting(Verdict.Awaiting verdict) {
            return null;
        }

        @Override
        public Void released() {
            return null;
        }

        @Override
        public Void cancelled(Verdict.Cancelled verdict) {
            return null;
        }
    }

    private static String line(Verdict.Failure failure) {
        return ErrorText.line(failure.type(), failure.message());
    }

    private boolean mayLog(LeasedJob job, Level level, Verdict.Failure failure) {
        return log.isEnabledForLevel(level)
                && windows.computeIfAbsent(new Key(job.job().kind(), level), Window::new)
                        .admits(failure);
    }

    /** What was logged of one kind lately. */
    private final class Window {

        private final Key key;
        private int logged;
        private int more;
        private boolean open;
        private String last = "";

        Window(Key key) {
            this.key = key;
        }

        synchronized boolean admits(Verdict.Failure failure) {
            if (!open) {
                open();
            }
            if (logged < MOST) {
                logged++;
                return true;
            }
            more++;
            last = line(failure);
            return false;
        }

        private void open() {
            try {
                scheduler.schedule(this::close, WINDOW.toMillis(), TimeUnit.MILLISECONDS);
                open = true;
            } catch (RejectedExecutionException e) {
                // The engine has stopped: these are the last.
                logged = 0;
            }
        }

        private synchronized void close() {
            if (more > 0) {
                log.atLevel(key.level)
                        .log(
                                "{} more attempts of kind '{}' {} within {}, most recently: {}",
                                more,
                                key.kind,
                                key.level == Level.WARN ? "failed permanently" : "failed and are retried",
                                WINDOW,
                                last);
            }
            logged = 0;
            more = 0;
            open = false;
        }
    }
}
