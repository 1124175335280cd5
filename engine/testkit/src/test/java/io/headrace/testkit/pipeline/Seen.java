package io.headrace.testkit.pipeline;

import io.headrace.JobClient;
import io.headrace.JobId;
import io.headrace.JobState;
import io.headrace.JobUpdate;
import java.util.ArrayList;
import java.util.List;
import reactor.core.Disposable;

/** What a watcher of a job sees. */
final class Seen {
    final List<JobUpdate> updates = new ArrayList<>();
    final Disposable watching;
    Throwable error;
    boolean completed;

    Seen(JobClient client, JobId id) {
        watching = client.watch(id).subscribe(updates::add, e -> error = e, () -> completed = true);
    }

    List<JobState> states() {
        return updates.stream().map(JobUpdate::state).toList();
    }
}
