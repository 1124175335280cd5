package io.headrace.samples.indexer.repository;

import java.time.Instant;

/**
 * What was found in a repository.
 *
 * @param commit the one that was looked at, 40 hexadecimal digits
 * @param files how many regular files it has
 * @param lines in all its text files
 * @param bytes in all its files
 * @param at when it was recorded, by the database's clock
 */
public record Indexed(String commit, long files, long lines, long bytes, Instant at) {}
