package io.headrace.postgres.list;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far a list of waiting jobs has come: to a key of the index by which they are claimed, and in it to a row.
 *
 * @param queue the key's queue
 * @param priority the key's priority
 * @param runAt the key's due time
 * @param place not before this row of the key, and in it beyond this job
 * @param began when the list began
 * @param later the first transaction that had not begun by then
 * @param end of a key that more sets have than a call may read, the page to which their rows are looked for; {@code null}
 *     if the list goes by the index
 */
record WaitingPosition(
        String queue,
        int priority,
        Instant runAt,
        RowPlace place,
        @Nullable Instant began,
        @Nullable Long later,
        @Nullable Long end) {

    /** What is due was never due before this. */
    private static final Instant FIRST = Instant.parse("1970-01-01T00:00:00Z");

    private static final int FIELDS = 9;
    private static final long MOST_PAGES = 4_294_967_295L;
    private static final long LOWEST_PRIORITY = 9;

    /** Before all of a queue, or of all queues. */
    static WaitingPosition start(@Nullable String queue) {
        return new WaitingPosition(queue == null ? "" : queue, 0, FIRST, RowPlace.START, null, null, null);
    }

    static WaitingPosition parse(String text) {
        Position fields = Position.parse(text, FIELDS);
        return new WaitingPosition(
                fields.name(0),
                (int) fields.number(1, 0, LOWEST_PRIORITY),
                fields.moment(2),
                new RowPlace(
                        fields.number(3, 0, MOST_PAGES),
                        (int) fields.number(4, 0, RowPlace.LAST_ROW),
                        fields.number(5)),
                fields.momentOrNull(6),
                fields.numberOrNull(7),
                fields.numberOrNull(8, 0, MOST_PAGES));
    }

    /** The position at a row of a key. */
    WaitingPosition at(String otherQueue, int otherPriority, Instant otherRunAt, RowPlace row) {
        return new WaitingPosition(otherQueue, otherPriority, otherRunAt, row, began, later, end);
    }

    /** The position at a row of the same key. */
    WaitingPosition at(RowPlace row) {
        return at(queue, priority, runAt, row);
    }

    /** This position in a list that began at a moment. */
    WaitingPosition since(Instant listBegan, long firstLater) {
        return new WaitingPosition(queue, priority, runAt, place, listBegan, firstLater, end);
    }

    /** From now on row by row of the table, to this page. */
    WaitingPosition byRows(long toPage) {
        return new WaitingPosition(queue, priority, runAt, place, began, later, toPage);
    }

    /** From now on by the index again, beyond this key. */
    WaitingPosition beyond() {
        return new WaitingPosition(queue, priority, runAt.plusNanos(1_000), RowPlace.START, began, later, null);
    }

    /** Whether a list by rows is one of a single key. */
    boolean isOfOneKey() {
        return !queue.isEmpty();
    }

    boolean hasKey(String otherQueue, int otherPriority, Instant otherRunAt) {
        return queue.equals(otherQueue) && priority == otherPriority && runAt.equals(otherRunAt);
    }

    Position position() {
        return Position.of(queue, priority, runAt, place.page(), place.row(), place.job(), began, later, end);
    }
}
