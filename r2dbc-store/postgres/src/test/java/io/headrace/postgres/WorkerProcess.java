package io.headrace.postgres;

import io.headrace.JobEngine;
import io.headrace.JobId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import reactor.core.publisher.Mono;

/**
 * An engine in a process of its own: works until so many jobs are completed, by whomever, then writes the ids of those that
 * it handled into a file, one a line.
 */
final class WorkerProcess {

    private WorkerProcess() {}

    static Process start(TestSchema schema, Path ledger, int jobs) throws IOException {
        return ChildProcess.start(WorkerProcess.class, schema, ledger.toString(), Integer.toString(jobs));
    }

    public static void main(String[] args) throws IOException {
        PostgresJobStore store = ChildProcess.store(args);
        Path ledger = Path.of(args[ChildProcess.ARGUMENTS]);
        long jobs = Long.parseLong(args[ChildProcess.ARGUMENTS + 1]);
        Queue<Long> handled = new ConcurrentLinkedQueue<>();
        JobEngine engine = JobEngine.builder(store)
                .subscribe(
                        TwoProcessesTest.GRIND,
                        job -> Mono.fromRunnable(() -> handled.add(job.id().value())))
                .build();

        engine.start().block();
        engine.operator()
                .audit()
                .filter(audit -> audit.completed() == jobs)
                .repeatWhenEmpty(empty -> empty.delayElements(Duration.ofMillis(100)))
                .block(Duration.ofMinutes(2));
        engine.stop().block();
        store.close().block();
        Files.write(
                ledger, handled.stream().map(JobId::new).map(JobId::toString).toList());
        System.exit(0);
    }
}
