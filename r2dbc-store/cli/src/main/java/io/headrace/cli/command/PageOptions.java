package io.headrace.cli.command;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Says which part of a long list is shown. */
public final class PageOptions {

    @Option(
            names = {"-n", "--limit"},
            paramLabel = "N",
            defaultValue = "50",
            description = "How many, at most 1000. Default: 50.")
    private int limit;

    @Option(
            names = "--cursor",
            paramLabel = "CURSOR",
            description = "Where the previous call ended, with the same options.")
    private @Nullable String cursor;

    public void check() {
        Bounds.check("--limit", limit, 1, 1_000);
    }

    public int limit() {
        return limit;
    }

    public @Nullable String cursor() {
        return cursor;
    }
}
