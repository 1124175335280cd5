package io.headrace.benchmarks;

import java.io.PrintStream;

/**
 * Where a scenario prints.
 *
 * @param out the report
 * @param err progress
 */
public record Console(PrintStream out, PrintStream err) {}
