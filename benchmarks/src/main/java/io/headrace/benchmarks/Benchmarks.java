package io.headrace.benchmarks;

import io.headrace.benchmarks.faults.FaultsScenario;
import java.util.List;

/** The command: {@code java -jar benchmarks.jar <scenario> [options]}. */
public final class Benchmarks {

    private static final List<Scenario> SCENARIOS = List.of(new FaultsScenario());

    private Benchmarks() {}

    public static void main(String[] args) {
        System.exit(new Command(SCENARIOS, System.out, System.err).run(List.of(args)));
    }
}
