package io.headrace.benchmarks.features;

import io.headrace.benchmarks.OneLine;
import io.headrace.benchmarks.UsageException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The rows of the table, in their order. */
final class Features {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration LONGEST_DELAY = Duration.ofMillis(100);
    private static final Duration MOMENT = Duration.ofMillis(1);
    private static final int PRIORITIES = 10;
    private static final int MOST_ADMITTED = 1_000;

    static final List<Feature> ALL = List.of(
            new JobFeature("unique_key", "a unique key", (job, nr) -> job.uniqueKey("key-" + nr)),
            new JobFeature(
                    "unique_for",
                    "a unique key, kept for an hour",
                    (job, nr) -> job.uniqueKey("key-" + nr).uniqueFor(HOUR)),
            new JobFeature(
                    "throttle",
                    "a throttle that admits 1,000 an hour",
                    (job, nr) -> job.throttle("key-" + nr / MOST_ADMITTED, MOST_ADMITTED, HOUR)),
            new JobFeature(
                    "debounce", "a debounce", MOMENT, (job, nr) -> job.debounce("key-" + nr, MOMENT, LONGEST_DELAY)),
            new JobFeature("priorities", "ten priorities", (job, nr) -> job.priority(nr % PRIORITIES)),
            new JobFeature(
                    "delays",
                    "a hundred different delays",
                    LONGEST_DELAY,
                    (job, nr) -> job.delay(Duration.ofMillis(nr % LONGEST_DELAY.toMillis()))),
            new JobFeature(
                    "headers",
                    "two headers",
                    (job, nr) -> job.header("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
                            .header("tenant", "tenant-" + nr % PRIORITIES)),
            new ProgressReports(),
            new FirstAttemptsFail(),
            new BatchCalls(),
            new Results(),
            new FollowUps(),
            new Steps(),
            HandlersTransaction.STEP,
            HandlersTransaction.COMPLETION,
            new Signals(),
            new Meters(),
            new Observations(),
            new WithheldPayloads(),
            new CallersTransaction(),
            new ScheduleFires());

    private Features() {}

    /** By their names; all of them if none is given. */
    static List<Feature> chosen(Optional<String> only) throws UsageException {
        List<Feature> chosen = new ArrayList<>();
        for (String name : only.map(names -> names.split(" *, *")).orElse(new String[0])) {
            chosen.add(ALL.stream()
                    .filter(feature -> feature.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new UsageException("unknown feature " + OneLine.of(name) + ", there is "
                            + ALL.stream().map(Feature::name).collect(Collectors.joining(", ")))));
        }
        return chosen.isEmpty() ? ALL : chosen;
    }
}
