package io.headrace.benchmarks.faults.inject;

import io.headrace.benchmarks.faults.Fault;
import io.headrace.benchmarks.faults.Mill;
import io.headrace.benchmarks.run.Waiting;
import io.headrace.postgres.PostgresJobStore;
import java.time.Duration;
import java.util.Random;
import java.util.Set;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A worker is killed, and two sweepers of ours race for its leases beside those of the other workers. */
final class TwoSweepers implements Fault {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Override
    public String name() {
        return "two-sweepers";
    }

    @Override
    public void inflict(Mill mill, Random random) {
        PostgresJobStore one = mill.site().openStore();
        PostgresJobStore two = mill.site().openStore();
        mill.crew().any(random).kill();
        long began = System.nanoTime();
        double seconds = mill.tooLong().toMillis() / 1e3;
        while (Waiting.secondsSince(began) < seconds) {
            Flux.merge(sweep(one), sweep(two)).blockLast(PATIENCE);
        }
        one.close().then(two.close()).block(PATIENCE);
    }

    /** As an engine does that has just started. */
    private static Mono<Void> sweep(PostgresJobStore store) {
        return store.workers()
                .register("sweeper", Set.of(), PATIENCE, false)
                .flatMap(worker ->
                        store.workers().sweep(worker).then(store.workers().unregister(worker)));
    }
}
