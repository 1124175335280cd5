package io.headrace.engine.list;

import io.headrace.InvalidSettingException;
import io.headrace.JobState;
import io.headrace.operate.JobFilter;
import io.headrace.operate.JobItem;
import io.headrace.operate.JobPage;
import io.headrace.spi.JobInspector;
import io.headrace.spi.JobSlice;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Lists jobs: takes slices from the store, state after state, until a page is full or enough was read. Thread-safe.
 *
 * <p>The store bounds each slice. The bound of a page is kept here: no other slice is asked for once those so far took as
 * much as {@link #ENOUGH}.
 */
public final class Listing {

    private static final int MOST = 200;

    /** Rows and pages. One slice more may cost a store five times as much. */
    private static final int ENOUGH = 300;

    /** What people look for first comes first; what there is most of comes last. */
    private static final List<JobState> ORDER = List.of(
            JobState.LEASED,
            JobState.PENDING,
            JobState.FAILED,
            JobState.CANCELLED,
            JobState.DISCARDED,
            JobState.COMPLETED);

    /** Those that have fingerprints. */
    private static final List<JobState> TOMBSTONES = List.of(JobState.FAILED, JobState.CANCELLED, JobState.DISCARDED);

    private final JobInspector inspector;

    public Listing(JobInspector inspector) {
        this.inspector = inspector;
    }

    /** A page, see {@link io.headrace.JobOperator#jobs}. */
    public Mono<JobPage> page(JobFilter filter, @Nullable String cursor, int most) {
        Objects.requireNonNull(filter, "filter");
        return Mono.defer(() -> {
            if (most < 1 || most > MOST) {
                throw new InvalidSettingException("most", most + " is outside 1 to " + MOST);
            }
            Cursor from = cursor == null ? new Cursor(states(filter).get(0), null) : Cursor.parse(cursor, filter);
            return new Page(filter, most).from(from);
        });
    }

    private static List<JobState> states(JobFilter filter) {
        JobState only = filter.state();
        if (only != null) {
            return List.of(only);
        }
        return filter.fingerprint() == null ? ORDER : TOMBSTONES;
    }

    /** Where a list goes on after a state; null if that was the last one. */
    private static @Nullable Cursor after(JobState state, JobFilter filter) {
        List<JobState> states = states(filter);
        int next = states.indexOf(state) + 1;
        return next == states.size() ? null : new Cursor(states.get(next), null);
    }

    /** A page in the making, for one subscriber. */
    private final class Page {

        private final JobFilter filter;
        private final int most;
        private final List<JobItem> jobs = new ArrayList<>();
        private int read;

        private Page(JobFilter filter, int most) {
            this.filter = filter;
            this.most = most;
        }

        private Mono<JobPage> from(Cursor from) {
            return inspector
                    .jobs(filter.withState(from.state()), from.position(), most - jobs.size())
                    .flatMap(slice -> {
                        jobs.addAll(slice.jobs());
                        read += slice.read();
                        String rest = slice.next();
                        Cursor next = rest == null ? after(from.state(), filter) : new Cursor(from.state(), rest);
                        return next == null || jobs.size() >= most || read > ENOUGH
                                ? Mono.just(page(next, slice))
                                : from(next);
                    });
        }

        private JobPage page(@Nullable Cursor next, JobSlice last) {
            Instant searchedTo = next == null || jobs.size() >= most ? null : last.searchedTo();
            return new JobPage(jobs, next == null ? null : next.text(filter), searchedTo);
        }
    }
}
