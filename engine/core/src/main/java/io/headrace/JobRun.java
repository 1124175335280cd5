package io.headrace;

/** What a handler can do in its attempt at a job, through the methods of {@link Job}. Thread-safe. */
public interface JobRun {

    /** A run outside of an engine, for tests of handlers: nothing is recorded. */
    JobRun DETACHED = progress -> {};

    /** See {@link Job#progress(int, String)}. */
    void progress(JobProgress progress);
}
