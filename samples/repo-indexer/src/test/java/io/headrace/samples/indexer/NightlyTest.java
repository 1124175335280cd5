package io.headrace.samples.indexer;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.JobClient;
import io.headrace.JobOperator;
import io.headrace.JobState;
import io.headrace.schedule.FireSnapshot;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every night, all repositories are indexed again. */
@Tag("slow")
class NightlyTest {

    @TempDir
    Path folder;

    @Test
    void whatHasChangedIsFound() {
        GitRepository mill = GitRepository.small(folder.resolve("mill"));
        GitRepository weir = GitRepository.small(folder.resolve("weir"));
        try (IndexerApp app = IndexerApp.start(folder.resolve("home"))) {
            UUID millId = app.add(mill.url());
            UUID weirId = app.add(weir.url());
            assertThat(app.outcome(millId)).isEqualTo("COMPLETED");
            assertThat(app.outcome(weirId)).isEqualTo("COMPLETED");
            mill.write("src/Sluice.java", "class Sluice {}\n").commit("A sluice");

            FireSnapshot fire = app.bean(JobOperator.class)
                    .schedules()
                    .runNow("nightly-index")
                    .block(IndexerApp.PATIENCE);
            assertThat(app.bean(JobClient.class)
                            .await(fire.job())
                            .block(IndexerApp.PATIENCE)
                            .state())
                    .isEqualTo(JobState.COMPLETED);

            assertThat(app.outcome(weirId)).isEqualTo("COMPLETED");
            assertThat(app.outcome(millId)).isEqualTo("COMPLETED");
            app.http()
                    .get()
                    .uri("/repos/{id}", millId)
                    .exchange()
                    .expectBody()
                    .jsonPath("$.indexed.commit")
                    .isEqualTo(mill.head())
                    .jsonPath("$.indexed.files")
                    .isEqualTo(5);
        }
    }
}
