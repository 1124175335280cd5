package io.headrace.testkit.memory.places;

import io.headrace.spi.EnqueueTerms.Throttle;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What throttles have admitted, by kind and key. Guarded by the store's lock. */
public final class Throttles {

    private final Map<UniqueKey, List<Admission>> admitted = new HashMap<>();

    private record Admission(long job, Instant at, Instant overAt) {}

    /** The latest job that was admitted, if no other is now; null if one more is. */
    public @Nullable Long refusal(UniqueKey key, Throttle terms, Instant now) {
        List<Admission> before = admitted.getOrDefault(key, List.of());
        int limiting = before.size() - terms.most();
        return limiting >= 0 && before.get(limiting).at().isAfter(now.minus(terms.period()))
                ? before.get(before.size() - 1).job()
                : null;
    }

    /** Remembers a job that was admitted, until its period is over. */
    public void admit(UniqueKey key, Throttle terms, long job, Instant now) {
        admitted.computeIfAbsent(key, any -> new ArrayList<>()).add(new Admission(job, now, now.plus(terms.period())));
    }

    /** Forgets what need not be remembered. */
    public void prune(Instant now) {
        admitted.values().forEach(all -> all.removeIf(each -> !each.overAt().isAfter(now)));
        admitted.values().removeIf(List::isEmpty);
    }

    /** Forgets everything. */
    public void clear() {
        admitted.clear();
    }
}
