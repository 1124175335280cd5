package io.headrace.benchmarks.faults.inject;

import io.headrace.benchmarks.OneLine;
import io.headrace.benchmarks.UsageException;
import io.headrace.benchmarks.faults.Fault;
import io.headrace.benchmarks.faults.Site;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;

/** All sorts of faults, and how a run is made of them. */
public final class FaultSorts {

    private static final List<Fault> ALL = List.of(
            new WorkerKilled(),
            new WorkerStopped(),
            new ServerRestarted(),
            new ServerKilled(),
            new ServerAway(),
            new Failover(),
            new Switchover(),
            new BackendsTerminated(),
            new ConnectionsCut(),
            new ConnectionsDelayed(),
            new ConnectionsHalfOpen(),
            new ConnectionsSilent(),
            new ListenHalfOpen(),
            new SlotsExhausted(),
            new TablesLocked(),
            new DatabaseReadOnly(),
            new PrivilegesRevoked(),
            new TwoSweepers(),
            new ClockOff(),
            new PoisonTaken(),
            new HostilePayloads(),
            new BulkCancels(),
            new KeysHeld(),
            new MemoryShort());

    private FaultSorts() {}

    /**
     * The sorts of these names, separated by commas; all, if there are none.
     *
     * @throws UsageException if there is no such sort
     */
    public static List<Fault> named(Optional<String> names) throws UsageException {
        if (names.isEmpty()) {
            return ALL;
        }
        List<Fault> found = new ArrayList<>();
        for (String name : Arrays.asList(names.get().split(",", -1))) {
            found.add(ALL.stream()
                    .filter(fault -> fault.name().equals(name.strip()))
                    .findFirst()
                    .orElseThrow(() -> new UsageException("--only: there is no fault '" + OneLine.of(name) + "', but "
                            + ALL.stream().map(Fault::name).collect(Collectors.joining(", ")))));
        }
        return found;
    }

    /** The names of those among these that cannot be inflicted here. */
    public static List<String> impossible(List<Fault> sorts, Site site) {
        return sorts.stream()
                .filter(fault -> !fault.isPossible(site))
                .map(Fault::name)
                .toList();
    }

    /** So many faults, each possible sort once before one comes twice, in an order that chance decides. */
    public static List<Fault> draw(int count, List<Fault> sorts, Site site, Random random) {
        List<Fault> possible =
                sorts.stream().filter(fault -> fault.isPossible(site)).toList();
        List<Fault> drawn = new ArrayList<>();
        while (drawn.size() < count && !possible.isEmpty()) {
            List<Fault> round = new ArrayList<>(possible);
            Collections.shuffle(round, random);
            drawn.addAll(round.subList(0, Math.min(round.size(), count - drawn.size())));
        }
        return drawn;
    }
}
