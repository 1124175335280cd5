package io.headrace.testkit.memory.places;

import io.headrace.JobState;
import io.headrace.spi.NewSignal;
import io.headrace.spi.SignalReading;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The signals that came first, and which job has waited for which, or has read one. Guarded by the store's lock. */
public final class Signals {

    /** The order in which waits are listed. */
    public static final Comparator<Wait> ORDER =
            Comparator.comparing(Wait::key, Signals::byCodePoint).thenComparingLong(Wait::job);

    private final Map<String, Sent> sent = new HashMap<>();
    private final NavigableMap<Wait, Waited> waits = new TreeMap<>(ORDER);

    /** A signal, and when it was sent. */
    public record Sent(NewSignal signal, Instant at) {}

    /** A job and what it waits for. */
    public record Wait(String key, long job) {}

    /**
     * How long a job waits, and how that ended.
     *
     * @param outcome none as long as that is open
     */
    public record Waited(Instant since, Instant until, SignalReading.State outcome) {

        /** The same with its outcome. */
        public Waited ending(SignalReading.State as) {
            return new Waited(since, until, as);
        }

        public boolean isOpen() {
            return outcome == SignalReading.State.NONE;
        }
    }

    /** As bytes of UTF-8 are ordered, of which the order of {@code char}s differs. */
    private static int byCodePoint(String a, String b) {
        int[] left = a.codePoints().toArray();
        int[] right = b.codePoints().toArray();
        return Arrays.compare(left, right);
    }

    /** By key. */
    public Map<String, Sent> sent() {
        return sent;
    }

    /** By key and then by job. */
    public NavigableMap<Wait, Waited> waits() {
        return waits;
    }

    /** What a job waits for that is pending until then. */
    public @Nullable Wait openWait(StoredJob job) {
        return waits.entrySet().stream()
                .filter(each -> each.getKey().job() == job.id() && isOpen(each.getValue(), job))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(null);
    }

    /** Whether a job waits, as its place says as well. */
    public static boolean isOpen(Waited waited, StoredJob job) {
        return waited.isOpen() && job.state() == JobState.PENDING && job.runAt().equals(waited.until());
    }

    /** Forgets everything. */
    public void clear() {
        sent.clear();
        waits.clear();
    }
}
