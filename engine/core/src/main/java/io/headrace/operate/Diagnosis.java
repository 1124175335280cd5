package io.headrace.operate;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The state of a store and its surroundings at one moment, see {@link io.headrace.JobOperator#diagnose}. Immutable and
 * thread-safe.
 *
 * @param readings what was read, in a fixed order. A reading that this store does not have, or that the role may not
 *     see, is absent
 * @param problems what is wrong, errors first; empty if nothing is
 */
public record Diagnosis(List<Reading> readings, List<Problem> problems) {

    public Diagnosis {
        readings = List.copyOf(readings);
        problems = problems.stream()
                .sorted((a, b) -> a.severity().compareTo(b.severity()))
                .toList();
    }

    /** Whether no problem was found. */
    public boolean isOk() {
        return problems.isEmpty();
    }

    /** Returns {@code ok}, or a line for each problem. */
    @Override
    public String toString() {
        return isOk() ? "ok" : problems.stream().map(Problem::toString).collect(Collectors.joining("\n"));
    }
}
