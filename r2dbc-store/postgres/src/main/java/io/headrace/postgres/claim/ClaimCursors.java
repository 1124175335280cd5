package io.headrace.postgres.claim;

import io.headrace.spi.ClaimRequest;
import io.headrace.spi.PollRequest;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The cursors of one store's claims. Thread-safe; of two claims that share a cursor at once, the later counts. */
public final class ClaimCursors {

    private final Map<Key, ClaimCursor> cursors = new ConcurrentHashMap<>();

    private record Key(String queue, Set<String> kinds) {}

    /** Where a claim is to begin. */
    ClaimCursor of(ClaimRequest request) {
        return of(key(request));
    }

    /** Where a poll is to begin. */
    ClaimCursor of(PollRequest request) {
        return of(new Key(request.queue(), request.kinds()));
    }

    private ClaimCursor of(Key of) {
        long now = System.nanoTime();
        return cursors.compute(of, (key, cursor) -> cursor == null ? ClaimCursor.fresh(now) : cursor.next(now));
    }

    /** For each priority, where the next claim would begin; this is none. */
    public String[] floors(ClaimRequest request) {
        ClaimCursor cursor = cursors.get(key(request));
        return (cursor == null ? ClaimCursor.fresh(System.nanoTime()) : cursor).floors();
    }

    /** Keeps where a claim has come to, unless somebody said meanwhile that the next should look back. */
    void keep(ClaimRequest request, ClaimCursor before, ClaimCursor after) {
        cursors.replace(key(request), before, after);
    }

    /** The same of a poll. */
    void keep(PollRequest request, ClaimCursor before, ClaimCursor after) {
        cursors.replace(new Key(request.queue(), request.kinds()), before, after);
    }

    /** Sets were put back into old places of a queue. */
    public void lookBack(String queue) {
        cursors.keySet().removeIf(key -> key.queue().equals(queue));
    }

    /** Sets were put back into old places of any queue. */
    public void lookBack() {
        cursors.clear();
    }

    private static Key key(ClaimRequest request) {
        return new Key(request.queue(), request.kinds().keySet());
    }
}
