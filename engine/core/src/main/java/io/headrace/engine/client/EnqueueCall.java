package io.headrace.engine.client;

import io.headrace.Enqueued;
import io.headrace.engine.guard.ErrorText;
import io.headrace.spi.EncodedJob;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.MonoSink;

/** One caller's jobs, which are enqueued together, and the caller. */
final class EnqueueCall {

    private static final Logger log = LoggerFactory.getLogger(EnqueueCall.class);

    /** Of JSON in one statement, in characters: more saves no round trip worth having, and is held three times over. */
    static final long MOST_LENGTH = 8 << 20;

    private final List<EncodedJob> jobs;
    private final MonoSink<List<Enqueued>> caller;
    private final Set<Key> keys;
    private final long length;
    private volatile boolean cancelled;

    /** A key, which is one of its kind. */
    private record Key(String kind, String key) {
        static @Nullable Key of(EncodedJob job) {
            String key = job.key();
            return key == null ? null : new Key(job.kind(), key);
        }
    }

    EnqueueCall(List<EncodedJob> jobs, MonoSink<List<Enqueued>> caller) {
        this.jobs = jobs;
        this.caller = caller;
        long total = 0;
        for (EncodedJob job : jobs) {
            total += job.length();
        }
        this.length = total;
        this.keys = jobs.stream().allMatch(job -> job.key() == null)
                ? Set.of()
                : jobs.stream().map(Key::of).filter(Objects::nonNull).collect(Collectors.toUnmodifiableSet());
        caller.onCancel(() -> cancelled = true);
    }

    List<EncodedJob> jobs() {
        return jobs;
    }

    int size() {
        return jobs.size();
    }

    /** How long the JSON of its jobs is, in characters. */
    long length() {
        return length;
    }

    boolean isKeyed() {
        return !keys.isEmpty();
    }

    /** Whether both want a key that only one can have. */
    boolean contends(EnqueueCall other) {
        return !Collections.disjoint(keys, other.keys);
    }

    List<String> keys() {
        return jobs.stream()
                .map(EncodedJob::key)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
    }

    boolean isCancelled() {
        return cancelled;
    }

    void answer(List<Enqueued> answers) {
        tell(() -> caller.success(answers));
    }

    void fail(Throwable error) {
        tell(() -> caller.error(error));
    }

    /** The caller goes on from here, on this thread; what that throws must not keep the answer from others. */
    private static void tell(Runnable answer) {
        try {
            answer.run();
        } catch (Throwable e) {
            log.error("A subscriber to an enqueue threw", ErrorText.readable(e));
        }
    }
}
