package io.headrace.benchmarks.goeson.worker;

import io.headrace.benchmarks.process.Target;
import java.util.List;

/** What a worker process is told, on its command line; the password comes in its environment. */
public record WorkerSettings(Target target, Duty duty) {

    /** What {@link #parse} reads. */
    public List<String> arguments() {
        return List.of(target.hosts(), target.database(), target.user(), duty.name());
    }

    static WorkerSettings parse(String[] args) {
        return new WorkerSettings(new Target(args[0], args[1], args[2]), Duty.valueOf(args[3]));
    }
}
