package io.headrace.benchmarks.faults.inject;

import io.headrace.Enqueued;
import io.headrace.NewJob;
import io.headrace.benchmarks.faults.Fault;
import io.headrace.benchmarks.faults.Mill;
import io.headrace.benchmarks.faults.worker.Grain;
import io.headrace.benchmarks.run.Waiting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A job that kills its JVM, among a hundred that do not and have one attempt each, so that one which is charged for it is
 * wrongly buried. Over when all have ended.
 */
final class PoisonTaken implements Fault {

    private static final int MATES = 100;
    private static final int ATTEMPTS = 3;
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @Override
    public String name() {
        return "poison-taken";
    }

    @Override
    public void inflict(Mill mill, Random random) {
        List<NewJob<Grain>> jobs = new ArrayList<>();
        for (int i = 0; i < MATES; i++) {
            jobs.add(
                    Grain.GRIND.job(new Grain(-1, Grain.Role.PLAIN)).priority(0).maxAttempts(1));
        }
        jobs.add(
                random.nextInt(MATES),
                Grain.GRIND.job(new Grain(-1, Grain.Role.POISON)).priority(0).maxAttempts(ATTEMPTS));
        List<Long> ids = mill.producer().add(jobs).stream()
                .map(Enqueued::id)
                .map(id -> id.value())
                .toList();
        Waiting.require("poison and its mates have ended", PATIENCE, () -> {
            mill.crew().replaceTheDead();
            return mill.ledger().allHaveEnded(ids);
        });
    }
}
