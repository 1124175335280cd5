package io.headrace.cli.jobs;

import io.headrace.JobState;
import io.headrace.operate.JobFilter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Says which jobs are listed: those that match everything that is given. */
final class JobFilterOptions {

    @Option(names = "--state", paramLabel = "STATE", description = "Only jobs in this state: ${COMPLETION-CANDIDATES}.")
    private @Nullable JobState state;

    @Option(names = "--queue", paramLabel = "QUEUE", description = "Only jobs of this queue.")
    private @Nullable String queue;

    @Option(names = "--kind", paramLabel = "KIND", description = "Only jobs of this kind.")
    private @Nullable String kind;

    @Option(names = "--key", paramLabel = "KEY", description = "Only jobs with this unique key.")
    private @Nullable String key;

    @Option(
            names = "--fingerprint",
            paramLabel = "FINGERPRINT",
            description = "Only failed, cancelled and discarded jobs with this cause, see 'headrace failures'.")
    private @Nullable String fingerprint;

    JobFilter filter() {
        return new JobFilter(state, queue, kind, key, fingerprint);
    }
}
