package io.headrace.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.JobId;
import io.headrace.JobState;
import io.headrace.operate.JobFilter;
import io.headrace.operate.JobItem;
import io.headrace.spi.ClaimedJob;
import io.headrace.spi.JobSlice;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the suites about lists have in common. */
abstract class ListSuite extends ContractSuite {

    static final int MOST = 200;

    private static final int SLICES_WITHOUT_END = 200;

    static JobFilter in(JobState state) {
        return JobFilter.any().withState(state);
    }

    JobSlice slice(JobFilter filter, @Nullable String position, int most) {
        JobSlice slice = await(store().inspector().jobs(filter, position, most));
        assertThat(slice.jobs()).hasSizeLessThanOrEqualTo(most);
        return slice;
    }

    /** Settles leased jobs on the way to a state. Discarded jobs fail first. */
    void settle(long worker, List<ClaimedJob> claimed, JobState state) {
        switch (state) {
            case PENDING, LEASED -> {}
            case COMPLETED -> settle(worker, Outcomes.all(claimed, Outcomes::completed));
            case CANCELLED -> settle(worker, Outcomes.all(claimed, Outcomes::cancelled));
            case FAILED, DISCARDED -> settle(worker, Outcomes.all(claimed, Outcomes::failed));
        }
    }

    /** All that a list has, in slices of so many. */
    List<JobItem> list(JobFilter filter, int most) {
        return list(filter, most, () -> {});
    }

    /** The same, while something happens after each slice. */
    List<JobItem> list(JobFilter filter, int most, Runnable meanwhile) {
        List<JobItem> jobs = new ArrayList<>();
        String position = null;
        for (int slices = 1; ; slices++) {
            JobSlice slice = slice(filter, position, most);
            jobs.addAll(slice.jobs());
            position = slice.next();
            if (position == null) {
                return jobs;
            }
            assertThat(slices).as("slices, and there are more").isLessThan(SLICES_WITHOUT_END);
            meanwhile.run();
        }
    }

    List<JobItem> list(JobFilter filter) {
        return list(filter, MOST);
    }

    List<JobId> ids(JobFilter filter) {
        return ids(list(filter));
    }

    static List<JobId> ids(List<JobItem> jobs) {
        return jobs.stream().map(JobItem::id).toList();
    }
}
