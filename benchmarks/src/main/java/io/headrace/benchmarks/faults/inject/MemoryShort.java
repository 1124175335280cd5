package io.headrace.benchmarks.faults.inject;

import io.headrace.JobId;
import io.headrace.NewJob;
import io.headrace.benchmarks.faults.Fault;
import io.headrace.benchmarks.faults.Mill;
import io.headrace.benchmarks.faults.worker.Boulder;
import io.headrace.benchmarks.faults.worker.Grain;
import io.headrace.benchmarks.process.WorkerJvm;
import io.headrace.benchmarks.run.Waiting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import reactor.core.publisher.Flux;

/**
 * Large jobs, more than twice as much as the heap of the worker that is there for them, which may run all of them at a time.
 * It has to get through without an error.
 */
final class MemoryShort implements Fault {

    private static final int HEAP_MEBIBYTES = 96;
    private static final int JOBS = 240;
    private static final int AT_A_TIME = 20;
    private static final int CHARACTERS = 900_000;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Override
    public String name() {
        return "memory-short";
    }

    @Override
    public void inflict(Mill mill, Random random) {
        List<Long> jobs = new ArrayList<>();
        NewJob<Boulder> boulder = Boulder.BOULDER.job(Boulder.of(CHARACTERS)).queue(Grain.HEAVY_QUEUE);
        while (jobs.size() < JOBS) {
            mill.producer()
                    .add(Collections.nCopies(AT_A_TIME, boulder))
                    .forEach(enqueued -> jobs.add(enqueued.id().value()));
        }
        WorkerJvm worker = mill.crew().replaceLastByHeavyOne(HEAP_MEBIBYTES);
        long began = System.nanoTime();
        boolean ended = Waiting.until(PATIENCE, () -> mill.ledger().allHaveEnded(jobs));
        mill.notes().measure("heavy_jobs_s", ended ? Waiting.secondsSince(began) : -1, "s");
        if (worker.hasLogged("OutOfMemoryError")) {
            mill.notes().find("a worker with a heap of " + HEAP_MEBIBYTES + " MiB had an OutOfMemoryError");
        }
        worker.kill();
        if (!ended) {
            mill.notes()
                    .find("only " + mill.ledger().ran(jobs) + " of " + JOBS + " large jobs ran in "
                            + PATIENCE.toSeconds() + " s; they were cancelled");
            Flux.fromIterable(jobs)
                    .concatMap(job -> mill.client().cancel(new JobId(job)))
                    .blockLast(PATIENCE);
        }
    }
}
