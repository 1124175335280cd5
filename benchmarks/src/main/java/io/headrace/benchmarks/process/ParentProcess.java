package io.headrace.benchmarks.process;

import java.io.IOException;

/** The process that started this one, and that this one must not outlive. */
public final class ParentProcess {

    private ParentProcess() {}

    /** Blocks until it is gone: the standard input comes from it, and it never writes. */
    public static void awaitEnd() throws IOException {
        int read;
        do {
            read = System.in.read();
        } while (read >= 0);
    }
}
