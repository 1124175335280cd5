package io.headrace.engine.list;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.JobId;
import io.headrace.JobState;
import io.headrace.operate.JobFilter;
import io.headrace.operate.JobItem;
import io.headrace.operate.JobPage;
import io.headrace.spi.JobInspector;
import io.headrace.spi.JobSlice;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** How much a page asks of the store. */
class ListingTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final JobFilter PENDING = JobFilter.any().withState(JobState.PENDING);

    private final List<String> asked = new ArrayList<>();

    /** Of a store that answers with these slices, one after the other, and then with empty ones. */
    private Listing listing(JobSlice... slices) {
        Queue<JobSlice> answers = new ArrayDeque<>(List.of(slices));
        JobInspector inspector = (JobInspector) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {JobInspector.class}, (proxy, method, arguments) -> {
                    JobFilter filter = (JobFilter) arguments[0];
                    asked.add(filter.state() + " " + arguments[1] + " " + arguments[2]);
                    JobSlice answer = answers.poll();
                    return Mono.just(answer == null ? slice(0, 0, null) : answer);
                });
        return new Listing(inspector);
    }

    private static JobSlice slice(int jobs, int read, @Nullable String next) {
        JobItem job =
                new JobItem(new JobId(1), JobState.PENDING, "mill", "grind", 4, 0, NOON, null, null, null, null, null);
        JobItem[] items = new JobItem[jobs];
        Arrays.fill(items, job);
        return new JobSlice(List.of(items), next, next == null ? null : NOON, read);
    }

    @Test
    void aShortSliceIsFollowedByTheNextUntilThePageIsFull() {
        JobPage page = listing(slice(2, 10, "a"), slice(0, 10, "b"), slice(3, 10, "c"))
                .page(PENDING, null, 5)
                .block();

        assertThat(asked).containsExactly("PENDING null 5", "PENDING a 3", "PENDING b 3");
        assertThat(page.jobs()).hasSize(5);
        assertThat(page.searchedTo()).isNull();
        assertThat(Cursor.parse(page.next(), PENDING)).isEqualTo(new Cursor(JobState.PENDING, "c"));
    }

    @Test
    void aPageIsShortIfEnoughWasRead() {
        JobPage page = listing(slice(1, 200, "a"), slice(1, 101, "b"))
                .page(PENDING, null, 5)
                .block();

        assertThat(asked).hasSize(2);
        assertThat(page.jobs()).hasSize(2);
        assertThat(page.searchedTo()).isEqualTo(NOON);
        assertThat(Cursor.parse(page.next(), PENDING)).isEqualTo(new Cursor(JobState.PENDING, "b"));
    }

    @Test
    void theNextStateIsLeftToTheNextPageIfEnoughWasRead() {
        JobPage page = listing(slice(0, 1, null), slice(1, 900, null))
                .page(JobFilter.any(), null, 5)
                .block();

        assertThat(asked).containsExactly("LEASED null 5", "PENDING null 5");
        assertThat(page.jobs()).hasSize(1);
        assertThat(page.searchedTo()).isNull();
        assertThat(Cursor.parse(page.next(), JobFilter.any())).isEqualTo(new Cursor(JobState.FAILED, null));
    }

    @Test
    void aPageGoesOnWhereTheOneBeforeEnded() {
        String cursor = new Cursor(JobState.DISCARDED, "x").text(JobFilter.any());

        assertThat(listing().page(JobFilter.any(), cursor, 5).block()).isEqualTo(new JobPage(List.of(), null, null));
        assertThat(asked).containsExactly("DISCARDED x 5", "COMPLETED null 5");
    }
}
