package io.headrace.samples.indexer.checkout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.headrace.samples.indexer.IndexerProperties;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HomeTest {

    @TempDir
    Path folder;

    private Home open() throws IOException {
        return new Home(new IndexerProperties(folder, Set.of("file"), Duration.ofSeconds(1)));
    }

    @Test
    void whatAKilledProcessLeftIsClearedAndNothingBehindItsLinks() throws IOException {
        Path precious = Files.writeString(folder.resolve("precious"), "flour");
        try (Home killed = open()) {
            Path left = killed.temporary();
            Files.writeString(left.resolve("half a file"), "cla");
            Files.createSymbolicLink(left.resolve("link"), folder);
        }

        try (Home home = open()) {
            assertThat(folder.resolve("temporary")).isEmptyDirectory();
            assertThat(precious).hasContent("flour");
            assertThat(home.temporary()).isEmptyDirectory();
        }
    }

    @Test
    void oneProcessHasItAtATime() throws IOException {
        try (Home first = open()) {
            assertThat(first.folder("lock")).exists();
            assertThatIllegalStateException()
                    .isThrownBy(this::open)
                    .withMessageContainingAll("another process works in " + folder, "--indexer.home=");
        }
    }

    @Test
    void whoPutsATreeInItsPlaceSecondLeavesTheFirst() throws IOException {
        Path place = folder.resolve("trees/mill/commit");
        Folders.publish(tree("first"), place);
        Folders.publish(tree("second"), place);

        assertThat(place.resolve("file")).hasContent("first");
    }

    private Path tree(String text) throws IOException {
        Path tree = Files.createDirectory(folder.resolve(text));
        Files.writeString(tree.resolve("file"), text);
        return tree;
    }
}
