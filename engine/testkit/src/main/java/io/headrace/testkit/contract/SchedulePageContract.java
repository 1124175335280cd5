package io.headrace.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.spi.ScheduleLook;
import io.headrace.spi.StoredSchedule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How schedules are found by name and listed. */
abstract class SchedulePageContract extends ScheduleSuite {

    /** U+FFEE comes before the emoji by code points, and after it in UTF-16. */
    private static final List<String> HOSTILE = List.of(
            "\"",
            "%",
            "'; DROP TABLE schedule; --",
            "*",
            "0",
            "00",
            "Night",
            "\\",
            "\\N",
            "_",
            "a b",
            "ab",
            "null",
            "{}",
            "ß",
            "ärger",
            "n\u0303ight",
            "\u200b",
            "\u202enight",
            "夜",
            "\uffee",
            "🌾",
            "🌾🌾");

    @Test
    void schedulesAreFoundByTheirNames() {
        StoredSchedule rye = written(hourly("rye"));
        StoredSchedule oats = written(made("oats"));
        given(hourly("barley"));

        assertThat(look("rye", "unknown", "oats", "rye")).containsExactlyInAnyOrder(rye, oats);
        assertThat(look("RYE", "ry", "rye ", "%")).isEmpty();
        assertThat(look()).isEmpty();
    }

    @Test
    void aLookSaysWhatTimeItIs() {
        ScheduleLook before = await(schedules().look(List.of(NAME)));
        passTime(Duration.ofHours(1));
        StoredSchedule due = hourly(NAME).withTimes(nextAt(now()));
        given(due);
        ScheduleLook after = await(schedules().page("", 10));

        assertThat(before.schedules()).isEmpty();
        assertThat(after.now()).isAfterOrEqualTo(before.now());
        assertThat(after.now()).isAfterOrEqualTo(due.times().nextAt());
    }

    @Test
    void anyNameIsKeptAndTheyAreListedByTheirCodePoints() {
        List<String> names =
                HOSTILE.stream().sorted(SchedulePageContract::byCodePoints).toList();
        List<StoredSchedule> reversed = new ArrayList<>();
        names.forEach(name -> reversed.add(0, hourly(name)));
        assertThat(await(schedules().write(reversed))).containsExactlyInAnyOrderElementsOf(names);

        assertThat(page("", 100)).extracting(StoredSchedule::name).containsExactlyElementsOf(names);
        assertThat(names)
                .allSatisfy(name ->
                        assertThat(look(name)).extracting(StoredSchedule::name).containsExactly(name));
        for (int i = 0; i < names.size(); i++) {
            assertThat(page(names.get(i), 100))
                    .extracting(StoredSchedule::name)
                    .containsExactlyElementsOf(names.subList(i + 1, names.size()));
        }
    }

    private static int byCodePoints(String one, String other) {
        return Arrays.compare(one.codePoints().toArray(), other.codePoints().toArray());
    }

    @Test
    void aNameMayHaveAHundredCharacters() {
        String longest = "🌾".repeat(50);

        assertThat(written(hourly(longest)).name()).isEqualTo(longest);
        assertThat(fireOne(firing(schedule(longest), shot(hour(0)))).jobs()).hasSize(1);
        assertThat(fires(longest)).hasSize(1);
    }

    @Test
    void aThousandSchedulesAreWrittenAtOnceAndReadInPages() {
        List<StoredSchedule> all = written(1_000);

        List<StoredSchedule> read = new ArrayList<>();
        List<StoredSchedule> page = page("", 300);
        while (!page.isEmpty()) {
            assertThat(page).hasSizeLessThanOrEqualTo(300);
            read.addAll(page);
            page = page(read.get(read.size() - 1).name(), 300);
        }

        assertThat(read).isEqualTo(all).hasSize(1_000);
        assertThat(await(schedules().look(all.stream().map(StoredSchedule::name).toList()))
                        .schedules())
                .containsExactlyInAnyOrderElementsOf(all);
        assertThat(await(schedules().write(all))).as("changed at once").hasSize(1_000);
    }

    @Test
    void aPageAfterTheLastNameIsEmpty() {
        given(hourly("rye"));

        assertThat(page("rye", 10)).isEmpty();
        assertThat(page("zzz", 10)).isEmpty();
        assertThat(page("oats", 10)).hasSize(1);
        assertThat(page("", 0)).isEmpty();
    }
}
