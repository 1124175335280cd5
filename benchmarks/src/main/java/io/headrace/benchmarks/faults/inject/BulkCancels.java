package io.headrace.benchmarks.faults.inject;

import io.headrace.JobId;
import io.headrace.NewJob;
import io.headrace.benchmarks.faults.Fault;
import io.headrace.benchmarks.faults.Mill;
import io.headrace.benchmarks.faults.worker.Grain;
import io.headrace.benchmarks.faults.worker.Warrant;
import io.headrace.benchmarks.run.Waiting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import reactor.core.publisher.Flux;

/**
 * Jobs that run until they are cancelled, many to a lease, are cancelled a few at a time while the workers are busy with
 * others. Each handler has to hear of it within two heartbeats.
 */
final class BulkCancels implements Fault {

    private static final int JOBS = 120;
    private static final int AT_A_TIME = 4;
    private static final Duration START = Duration.ofSeconds(30);
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    @Override
    public String name() {
        return "bulk-cancels";
    }

    @Override
    public void inflict(Mill mill, Random random) {
        NewJob<Grain> lingers =
                Grain.GRIND.job(new Grain(-1, Grain.Role.LINGERS)).queue(Grain.LINGER_QUEUE);
        List<Long> jobs = mill.producer().add(Collections.nCopies(JOBS, lingers)).stream()
                .map(enqueued -> enqueued.id().value())
                .toList();
        Waiting.require("jobs run that linger", START, () -> mill.ledger().ran(jobs) == JOBS);

        Map<Long, Long> answered = cancel(mill, jobs);
        boolean all = Waiting.until(PATIENCE, () -> stopped(mill, jobs).size() == JOBS);
        answered.putAll(mill.ledger().moments(jobs, Grain.Moment.ANSWERED));
        judge(mill, answered, stopped(mill, jobs));
        if (!all) {
            // Those of whose end nobody heard would run again after their timeout.
            Flux.fromIterable(jobs)
                    .concatMap(job -> mill.client().cancel(new JobId(job)))
                    .blockLast(START);
        }
    }

    /**
     * Half of them by their own workers, half by a process that runs none.
     *
     * @return when the latter were answered
     */
    private static Map<Long, Long> cancel(Mill mill, List<Long> jobs) {
        Map<Long, List<Long>> running = mill.ledger().ranBy(jobs).entrySet().stream()
                .collect(Collectors.groupingBy(
                        Map.Entry::getValue, Collectors.mapping(Map.Entry::getKey, Collectors.toList())));
        List<Long> here = new ArrayList<>();
        List<NewJob<Warrant>> warrants = new ArrayList<>();
        running.forEach((pid, theirs) -> {
            int half = theirs.size() / 2;
            warrants.add(
                    Warrant.WARRANT.job(Warrant.of(theirs.subList(0, half))).queue(Warrant.queueOf(pid)));
            here.addAll(theirs.subList(half, theirs.size()));
        });
        if (mill.producer().add(warrants).size() < running.size()) {
            throw new IllegalStateException("not every worker was told to cancel");
        }
        Map<Long, Long> answered = new ConcurrentHashMap<>();
        Flux.fromIterable(here)
                .flatMap(
                        job -> mill.client()
                                .cancel(new JobId(job))
                                .doOnNext(answer -> answered.put(job, System.currentTimeMillis())),
                        AT_A_TIME)
                .blockLast(START);
        return answered;
    }

    private static void judge(Mill mill, Map<Long, Long> answered, Map<Long, Long> stopped) {
        Duration within = mill.timing().heartbeat().multipliedBy(2);
        long slowest = 0;
        int stillRan = 0;
        for (Map.Entry<Long, Long> job : answered.entrySet()) {
            long took = stopped.getOrDefault(job.getKey(), Long.MAX_VALUE) - job.getValue();
            stillRan += took > within.toMillis() ? 1 : 0;
            slowest = Math.max(slowest, took);
        }
        mill.notes().stillRunning(stillRan);
        mill.notes().measure("cancel_to_handler_ms_max", stopped.size() < JOBS ? -1.0 : (double) slowest, "ms");
        if (stillRan > 0 || answered.size() < JOBS) {
            mill.notes()
                    .find(answered.size() + " of " + JOBS + " cancels were answered, and " + stillRan
                            + " handlers still ran " + within.toMillis() + " ms later; " + stopped.size()
                            + " had stopped " + PATIENCE.toSeconds() + " s later");
        }
    }

    private static Map<Long, Long> stopped(Mill mill, List<Long> jobs) {
        return mill.ledger().moments(jobs, Grain.Moment.STOPPED);
    }
}
