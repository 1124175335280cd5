package io.headrace.samples.indexer.checkout;

import java.nio.file.Path;

/**
 * The files of one commit.
 *
 * @param folder where they are, with a folder {@code .git} among them
 * @param commit 40 hexadecimal digits
 */
public record WorkingTree(Path folder, String commit) {}
