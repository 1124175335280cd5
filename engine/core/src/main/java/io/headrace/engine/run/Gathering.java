package io.headrace.engine.run;

import io.headrace.engine.claim.EmittedJobs;
import io.headrace.engine.lease.LeasedJob;
import io.headrace.spi.Suspicion;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;

/**
 * The jobs of one queue that wait for a call of a batch handler, by kind. Each holds a slot; when all slots are taken by those
 * that wait, no more can come. Jobs come on one thread at a time.
 */
final class Gathering implements EmittedJobs {

    private final Map<String, Gatherer> byKind = new HashMap<>();
    private final Map<String, JobRunner.Station<?>> stations;
    private final JobRunner runner;
    private final IntConsumer freed;
    private final int slots;

    /**
     * @param stations those of batch handlers
     * @param freed told how many slots are free
     */
    Gathering(Map<String, JobRunner.Station<?>> stations, JobRunner runner, IntConsumer freed, int slots) {
        this.stations = stations;
        this.runner = runner;
        this.freed = freed;
        this.slots = slots;
        stations.forEach((kind, station) -> byKind.put(kind, runner.gatherer(station, freed)));
    }

    /** Takes a job that is to wait for others; answers whether it is of a batch handler. */
    boolean takes(LeasedJob leased) {
        String kind = leased.job().kind();
        Gatherer gatherer = byKind.get(kind);
        JobRunner.Station<?> station = stations.get(kind);
        if (gatherer == null || station == null) {
            return false;
        }
        BatchedJob job = runner.batched(leased, left -> {
            gatherer.remove(left);
            freed.accept(1);
        });
        job.begin();
        if (job.isOver()) {
            return true;
        }
        if (leased.suspicion() == Suspicion.NONE) {
            gatherer.add(job);
            if (job.isOver()) {
                gatherer.remove(job);
            }
            leaveIfNoMoreCanCome();
        } else {
            // It may kill the process: alone, it takes no others with it, and is found.
            runner.call(station, List.of(job), freed);
        }
        return true;
    }

    private void leaveIfNoMoreCanCome() {
        if (byKind.values().stream().mapToInt(Gatherer::size).sum() >= slots) {
            byKind.values().stream()
                    .max(Comparator.comparingInt(Gatherer::size))
                    .ifPresent(Gatherer::leave);
        }
    }

    @Override
    public void allCame() {
        byKind.values().forEach(Gatherer::allCame);
    }

    @Override
    public void handBack() {
        byKind.values().forEach(Gatherer::handBack);
    }
}
