package io.headrace.testkit.memory.places;

import io.headrace.spi.JobSteps;
import io.headrace.spi.StoredCursor;
import io.headrace.spi.StoredStep;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is recorded of a job and goes with it. Guarded by the store's lock. */
public final class JobRecord {

    private final Map<String, StoredStep> steps = new LinkedHashMap<>();
    private @Nullable StoredCursor cursor;

    /** Adds a step, unless it is there. */
    public void add(StoredStep step) {
        steps.putIfAbsent(step.name(), step);
    }

    /** Moves the cursor on. */
    public void move(StoredCursor to) {
        if (cursor == null || to.nr() > cursor.nr()) {
            cursor = to;
        }
    }

    public JobSteps steps(long job) {
        return new JobSteps(job, List.copyOf(steps.values()), cursor);
    }
}
