package io.headrace.samples.indexer.index;

/**
 * How much there is of a language.
 *
 * @param language its name, {@code other} if it is not one that we know
 * @param files how many
 * @param lines in all of them; none in those that are not text
 * @param bytes in all of them
 */
public record LanguageCount(String language, long files, long lines, long bytes) {}
