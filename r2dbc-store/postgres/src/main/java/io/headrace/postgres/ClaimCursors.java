package io.headrace.postgres;

import io.headrace.spi.ClaimRequest;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The cursors of one store's claims. Thread-safe; of two claims that share a cursor at once, the later counts. */
final class ClaimCursors {

    private final Map<Key, ClaimCursor> cursors = new ConcurrentHashMap<>();

    private record Key(String queue, Set<String> kinds) {}

    ClaimCursor of(ClaimRequest request) {
        long now = System.nanoTime();
        return cursors.compute(
                key(request), (key, cursor) -> cursor == null ? ClaimCursor.fresh(now) : cursor.next(now));
    }

    /** Where the next claim would begin; this is none. */
    ClaimCursor peek(ClaimRequest request) {
        ClaimCursor cursor = cursors.get(key(request));
        return cursor == null ? ClaimCursor.fresh(System.nanoTime()) : cursor;
    }

    /** Keeps where a claim has come to, unless somebody said meanwhile that the next should look back. */
    void keep(ClaimRequest request, ClaimCursor before, ClaimCursor after) {
        cursors.replace(key(request), before, after);
    }

    /** Sets were put back into old places of a queue. */
    void lookBack(String queue) {
        cursors.keySet().removeIf(key -> key.queue().equals(queue));
    }

    /** Sets were put back into old places of any queue. */
    void lookBack() {
        cursors.clear();
    }

    private static Key key(ClaimRequest request) {
        return new Key(request.queue(), request.kinds().keySet());
    }
}
