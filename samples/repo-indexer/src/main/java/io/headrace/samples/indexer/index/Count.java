package io.headrace.samples.indexer.index;

/**
 * How much there is.
 *
 * @param files regular files
 * @param lines of the text files among them
 * @param bytes of all of them
 */
public record Count(long files, long lines, long bytes) {

    static final Count NONE = new Count(0, 0, 0);

    Count plus(Count other) {
        return new Count(files + other.files, lines + other.lines, bytes + other.bytes);
    }
}
