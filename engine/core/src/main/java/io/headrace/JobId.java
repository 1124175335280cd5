package io.headrace;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.Objects;

/**
 * The permanent id of a job. It has 63 bits and is ordered by time: milliseconds since {@link #EPOCH} in the high 41
 * bits, then the low 12 bits of a block number drawn from a sequence, then the position in that block (10 bits). The
 * ids of a bulk enqueue are therefore contiguous, and a range of ids is a range of time.
 *
 * <p>Outside the database, an id is written as 13 characters of Crockford's base 32, because 63 bits exceed a
 * JavaScript number. The text sorts like the number. Jackson writes and reads the id as this text, and Spring converts
 * it, for example in a {@code @PathVariable JobId}.
 *
 * @param value the id as stored; never negative
 */
public record JobId(long value) implements Comparable<JobId> {

    /** The start of the time in an id: 2025-01-01T00:00:00Z. The range ends in the year 2094. */
    public static final Instant EPOCH = Instant.parse("2025-01-01T00:00:00Z");

    /** The number of ids in a block, and therefore the maximum number of jobs that one statement enqueues. */
    public static final int BLOCK_SIZE = 1 << 10;

    private static final int MILLIS_SHIFT = 22;
    private static final int TEXT_LENGTH = 13;
    private static final String DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    /** @throws IllegalArgumentException if {@code value} is negative */
    public JobId {
        if (value < 0) {
            throw new IllegalArgumentException("a job id must not be negative: " + value);
        }
    }

    /**
     * Returns the first id of a block.
     *
     * @param at the time at which the block is drawn; {@link #EPOCH} or later
     * @param block the number of the block; only its low 12 bits are used
     */
    public static JobId firstOfBlock(Instant at, long block) {
        long millis = at.toEpochMilli() - EPOCH.toEpochMilli();
        return new JobId((millis << MILLIS_SHIFT) | ((block & 0xFFF) * BLOCK_SIZE));
    }

    /**
     * Parses the text that {@link #toString()} returns. Lower case is accepted, and so are {@code O} for 0 and
     * {@code I} or {@code L} for 1, as in Crockford's base 32.
     *
     * @throws IllegalArgumentException if the text does not have 13 such characters, or exceeds 63 bits
     */
    public static JobId parse(String text) {
        Objects.requireNonNull(text, "text");
        if (text.length() != TEXT_LENGTH) {
            throw new IllegalArgumentException("a job id has " + TEXT_LENGTH + " characters, but this text has "
                    + text.length() + ": '" + text + "'");
        }
        long value = 0;
        for (int i = 0; i < TEXT_LENGTH; i++) {
            int digit = digit(text.charAt(i));
            if (digit < 0 || (i == 0 && digit > 7)) {
                throw new IllegalArgumentException("not a job id: '" + text + "' (character " + (i + 1) + ")");
            }
            value = (value << 5) | digit;
        }
        return new JobId(value);
    }

    /**
     * Same as {@link #parse}, under the name that frameworks look for when they convert text.
     *
     * @throws IllegalArgumentException if {@code parse} throws it
     */
    @JsonCreator
    public static JobId valueOf(String text) {
        return parse(text);
    }

    private static int digit(char written) {
        char upper = Character.toUpperCase(written);
        return switch (upper) {
            case 'O' -> 0;
            case 'I', 'L' -> 1;
            default -> DIGITS.indexOf(upper);
        };
    }

    /** When the job was enqueued, by the database's clock, with millisecond precision. */
    public Instant createdAt() {
        return EPOCH.plusMillis(value >>> MILLIS_SHIFT);
    }

    @Override
    public int compareTo(JobId other) {
        return Long.compare(value, other.value);
    }

    @Override
    @JsonValue
    public String toString() {
        char[] text = new char[TEXT_LENGTH];
        long rest = value;
        for (int i = TEXT_LENGTH - 1; i >= 0; i--) {
            text[i] = DIGITS.charAt((int) (rest & 31));
            rest >>>= 5;
        }
        return new String(text);
    }
}
