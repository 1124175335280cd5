package io.headrace.benchmarks.requests;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LimitSearchTest {

    @Test
    void doublesUntilARateIsTooHighAndThenHalvesTheDistance() {
        LimitSearch search = new LimitSearch(16_000);

        assertThat(tried(search, 1_300)).containsExactly(250, 500, 1_000, 2_000, 1_500, 1_250, 1_375, 1_312);
        assertThat(search.limit()).isEqualTo(1_250);
    }

    @Test
    void endsAtTheHighestRateThatMayBeTried() {
        LimitSearch search = new LimitSearch(600);

        assertThat(tried(search, 10_000)).containsExactly(250, 500, 600);
        assertThat(search.limit()).isEqualTo(600);
    }

    @Test
    void looksBelowTheFirstRate() {
        LimitSearch search = new LimitSearch(16_000);

        assertThat(tried(search, 100)).containsExactly(250, 125, 62, 93, 109);
        assertThat(search.limit()).isEqualTo(93);
    }

    private static List<Integer> tried(LimitSearch search, int keptUpWith) {
        List<Integer> rates = new ArrayList<>();
        while (!search.isOver()) {
            rates.add(search.rate());
            search.tried(search.rate() <= keptUpWith);
        }
        return rates;
    }
}
