package io.headrace.benchmarks.compare;

import io.headrace.benchmarks.OneLine;
import io.headrace.benchmarks.UsageException;
import io.headrace.benchmarks.contender.Contender;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** The contenders that are to take part. */
final class Chosen {

    private Chosen() {}

    /** By their names; all of them if none is given. */
    static Map<String, Supplier<Contender>> of(List<Supplier<Contender>> contenders, Optional<String> only)
            throws UsageException {
        Map<String, Supplier<Contender>> chosen = new LinkedHashMap<>();
        contenders.forEach(contender -> chosen.put(contender.get().name(), contender));
        if (only.isPresent()) {
            Set<String> names = Set.of(only.get().split(" *, *"));
            for (String name : names) {
                if (!chosen.containsKey(name)) {
                    throw new UsageException("unknown contender " + OneLine.of(name) + ", there is "
                            + String.join(", ", chosen.keySet()));
                }
            }
            chosen.keySet().retainAll(names);
        }
        return chosen;
    }
}
