package io.headrace.cli.jobs;

import io.headrace.FailedJobs;
import io.headrace.JobId;
import io.headrace.cli.end.RefusedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Selects failed jobs by exactly one of ids, kind, queue and fingerprint. */
final class FailedSelection {

    @Parameters(arity = "0..*", paramLabel = "ID", description = "The id of a failed job.")
    private List<JobId> ids = List.of();

    @Option(names = "--kind", paramLabel = "KIND", description = "All failed jobs of this kind, in any queue.")
    private @Nullable String kind;

    @Option(names = "--queue", paramLabel = "QUEUE", description = "All failed jobs of this queue, of any kind.")
    private @Nullable String queue;

    @Option(
            names = "--fingerprint",
            paramLabel = "FINGERPRINT",
            description = "All failed jobs with this cause, see 'headrace jobs show'.")
    private @Nullable String fingerprint;

    /** @throws RefusedException unless exactly one is given */
    void check() {
        List<String> given = new ArrayList<>();
        if (!ids.isEmpty()) {
            given.add("ids");
        }
        if (kind != null) {
            given.add("--kind");
        }
        if (queue != null) {
            given.add("--queue");
        }
        if (fingerprint != null) {
            given.add("--fingerprint");
        }
        if (given.size() != 1) {
            throw RefusedException.wrongArguments(
                    "Select failed jobs by exactly one of ids, --kind, --queue and --fingerprint; given: "
                            + (given.isEmpty() ? "none" : String.join(", ", given)));
        }
    }

    FailedJobs selected() {
        return FailedJobs.select(ids.isEmpty() ? null : ids, kind, queue, fingerprint);
    }

    /** Whether it may be many, so that it is asked about. */
    boolean isBulk() {
        return ids.isEmpty();
    }

    /** How many ids were named; 0 for a selection in bulk. */
    int named() {
        return Set.copyOf(ids).size();
    }
}
