package io.headrace.testkit.pipeline;

import java.util.concurrent.TimeUnit;
import reactor.core.Disposable;
import reactor.core.scheduler.Scheduler;

/** A scheduler of which a class is missing when it is asked for the time. */
class BrokenClock implements Scheduler {

    private final Scheduler scheduler;
    private boolean broken;

    BrokenClock(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    void breakOnce() {
        broken = true;
    }

    @Override
    public long now(TimeUnit unit) {
        if (broken) {
            broken = false;
            throw new NoClassDefFoundError("Clock");
        }
        return scheduler.now(unit);
    }

    @Override
    public Disposable schedule(Runnable task) {
        return scheduler.schedule(task);
    }

    @Override
    public Disposable schedule(Runnable task, long delay, TimeUnit unit) {
        return scheduler.schedule(task, delay, unit);
    }

    @Override
    public Disposable schedulePeriodically(Runnable task, long delay, long period, TimeUnit unit) {
        return scheduler.schedulePeriodically(task, delay, period, unit);
    }

    @Override
    public Worker createWorker() {
        return scheduler.createWorker();
    }
}
