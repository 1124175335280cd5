package io.headrace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The picture in the documentation and {@link JobState#next()} say the same. */
class JobStateDiagramTest {

    private static final Path PICTURE = Path.of("..", "..", "docs", "state-machine.md");
    private static final Pattern MOVE = Pattern.compile("^ *(\\S+) --> (\\S+?)(:.*)?$", Pattern.MULTILINE);
    private static final String OUTSIDE = "[*]";

    @Test
    void thePictureShowsEveryMoveAndNoOther() throws IOException {
        Set<String> drawn = MOVE.matcher(Files.readString(PICTURE))
                .results()
                .map(JobStateDiagramTest::move)
                .collect(Collectors.toSet());

        Set<String> coded = Arrays.stream(JobState.values())
                .flatMap(state -> state.next().isEmpty()
                        ? Stream.of(state + " " + OUTSIDE)
                        : state.next().stream().map(next -> state + " " + next))
                .collect(Collectors.toSet());
        coded.add(OUTSIDE + " " + JobState.PENDING);
        coded.add(OUTSIDE + " " + JobState.LEASED);

        assertThat(drawn).isEqualTo(coded);
    }

    private static String move(MatchResult line) {
        return line.group(1) + " " + line.group(2);
    }

    @Test
    void theLiveStatesAreThoseThatAnEngineMovesJobsOutOf() {
        assertThat(JobState.values()).filteredOn(JobState::isLive).containsExactly(JobState.PENDING, JobState.LEASED);
    }
}
