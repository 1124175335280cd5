package io.headrace.benchmarks.goeson;

import io.headrace.benchmarks.OneLine;
import io.headrace.benchmarks.UsageException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The trials, in their order. */
final class GoesOnTrials {

    static final List<GoesOnTrial> ALL = List.of(
            new BatchTrial(),
            new StepsTrial(),
            new AwaitTrial(),
            new SignalTrial(),
            new WaitingTrial(),
            new RacesTrial(),
            new ChainsTrial(),
            new RowsTrial(),
            new RecordedTrial());

    private GoesOnTrials() {}

    /** By their names; all of them if none is given. */
    static List<GoesOnTrial> chosen(Optional<String> only) throws UsageException {
        List<GoesOnTrial> chosen = new ArrayList<>();
        for (String name : only.map(names -> names.split(" *, *")).orElse(new String[0])) {
            chosen.add(ALL.stream()
                    .filter(trial -> trial.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new UsageException("unknown trial " + OneLine.of(name) + ", there is "
                            + ALL.stream().map(GoesOnTrial::name).collect(Collectors.joining(", ")))));
        }
        return chosen.isEmpty() ? ALL : chosen;
    }
}
