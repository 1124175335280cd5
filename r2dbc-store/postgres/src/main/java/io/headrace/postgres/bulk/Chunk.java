package io.headrace.postgres.bulk;

/**
 * What a chunk did.
 *
 * @param done how many jobs it changed
 * @param raced how many have raced with others, those of earlier chunks included
 * @param at how far it has come
 * @param pass in which pass
 * @param isLast whether nothing is left to do
 */
record Chunk(long done, long raced, Place at, int pass, boolean isLast) {}
