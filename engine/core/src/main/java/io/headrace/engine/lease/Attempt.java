package io.headrace.engine.lease;

import io.headrace.spi.Verdict;
import org.jspecify.annotations.Nullable;

/** What runs under a lease, and can be broken off from outside. It ends once, whoever is first. Thread-safe. */
public interface Attempt {

    long jobId();

    /** Cancels what runs; the attempt ends with the verdict, or with none if its lease is lost. */
    void breakOff(@Nullable Verdict verdict);
}
