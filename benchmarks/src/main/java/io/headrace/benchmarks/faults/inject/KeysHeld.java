package io.headrace.benchmarks.faults.inject;

import io.headrace.Enqueued;
import io.headrace.JobProducer;
import io.headrace.NewJob;
import io.headrace.benchmarks.faults.Fault;
import io.headrace.benchmarks.faults.Mill;
import io.headrace.benchmarks.faults.worker.Grain;
import io.headrace.benchmarks.run.Waiting;
import io.headrace.postgres.PostgresJobStore;
import io.r2dbc.spi.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import reactor.core.publisher.Mono;

/**
 * Transactions of callers that enqueue jobs with unique keys, wait for one another, and stay open, while jobs with those keys
 * run and end, and others want the keys: one that commits at once, one that waited for it and then idles, one that rolls back.
 */
final class KeysHeld implements Fault {

    private static final int KEYS = 40;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Override
    public String name() {
        return "keys-held";
    }

    @Override
    public void inflict(Mill mill, Random random) {
        PostgresJobStore store = mill.site().openStore();
        Connection first = mill.site().sql().open("BEGIN");
        Connection idler = mill.site().sql().open("BEGIN");
        Connection undone = mill.site().sql().open("BEGIN");
        try {
            List<NewJob<Grain>> kept = jobs("kept");
            List<Enqueued> held =
                    enqueue(mill.client().in(store.transaction(first)), kept).join();
            CompletableFuture<List<Enqueued>> waits = enqueue(mill.client().in(store.transaction(idler)), kept);
            List<NewJob<Grain>> taken = jobs("taken back");
            List<Enqueued> never =
                    enqueue(mill.client().in(store.transaction(undone)), taken).join();
            awaitWaiter(mill);
            Mono.from(first.commitTransaction()).block(PATIENCE);
            mill.producer().acknowledge(held);
            require(mill, waits.join().equals(found(held)), "who waited for keys was not answered with their holders");

            // From here on the jobs run and end, and the idler keeps whatever its transaction has locked.
            CompletableFuture<List<Enqueued>> wants = enqueue(mill.client(), taken);
            long before = mill.ledger().completed();
            long began = System.nanoTime();
            Waiting.pass(mill.tooLong());
            double perSecond = (mill.ledger().completed() - before) / Waiting.secondsSince(began);
            mill.notes().measure("jobs_per_s_keys_held", perSecond, "jobs/s");
            if (!mill.ledger().allHaveEnded(ids(held))) {
                mill.notes()
                        .find("jobs did not end in " + mill.tooLong().toSeconds()
                                + " s while a transaction that had asked for their keys was open; meanwhile "
                                + Math.round(perSecond) + " jobs a second completed");
            }

            Mono.from(undone.rollbackTransaction()).block(PATIENCE);
            List<Enqueued> instead = wants.join();
            mill.producer().acknowledge(instead);
            require(mill, instead.stream().allMatch(Enqueued::created), "keys that were rolled back were not free");
            Mono.from(idler.commitTransaction()).block(PATIENCE);
            require(mill, mill.ledger().existing(ids(never)) == 0, "jobs exist that were rolled back");
        } finally {
            Mono.from(first.close())
                    .then(Mono.from(idler.close()))
                    .then(Mono.from(undone.close()))
                    .then(store.close())
                    .block(PATIENCE);
        }
    }

    private static List<NewJob<Grain>> jobs(String what) {
        UUID run = UUID.randomUUID();
        return IntStream.range(0, KEYS)
                .mapToObj(i -> Grain.GRIND
                        .job(new Grain(-1, Grain.Role.PLAIN))
                        .priority(0)
                        .uniqueKey(what + " " + run + " " + i))
                .toList();
    }

    private static CompletableFuture<List<Enqueued>> enqueue(JobProducer by, List<NewJob<Grain>> jobs) {
        return by.enqueueAll(jobs).toFuture();
    }

    /** Until the idler waits for the first to end. */
    private static void awaitWaiter(Mill mill) {
        Waiting.require(
                "one transaction waits for the keys of another",
                PATIENCE,
                () -> mill.site()
                                .sql()
                                .number("SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'transactionid'"
                                        + " AND query LIKE '%unique_key%'")
                        > 0);
    }

    private static List<Enqueued> found(List<Enqueued> created) {
        return created.stream().map(each -> new Enqueued(each.id(), false)).toList();
    }

    private static List<Long> ids(List<Enqueued> jobs) {
        return jobs.stream().map(each -> each.id().value()).toList();
    }

    private static void require(Mill mill, boolean holds, String otherwise) {
        if (!holds) {
            mill.notes().find(otherwise);
        }
    }
}
