package io.headrace.samples.indexer;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.JobOperator;
import io.headrace.samples.indexer.address.AddressCheck;
import io.headrace.samples.indexer.repository.Registry;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** The row and its job are there together or not at all. */
class TransactionTest {

    private static final Duration PATIENCE = IndexerApp.PATIENCE;

    @TempDir
    Path folder;

    @Test
    void rolledBackThereIsNeitherRowNorJob() {
        try (IndexerApp app = IndexerApp.start(folder.resolve("home"))) {
            Mono<Void> addedInVain = app.bean(Registry.class)
                    .add(app.bean(AddressCheck.class)
                            .read(folder.resolve("mill").toString()))
                    .then(Mono.error(new IllegalStateException("the dam has broken")));

            StepVerifier.create(app.bean(TransactionalOperator.class).transactional(addedInVain))
                    .expectErrorMessage("the dam has broken")
                    .verify(PATIENCE);

            assertThat(app.bean(JobOperator.class).audit().block(PATIENCE).jobs())
                    .isZero();
            assertThat(app.bean(DatabaseClient.class)
                            .sql("SELECT count(*) FROM repository")
                            .mapValue(Long.class)
                            .one()
                            .block(PATIENCE))
                    .isZero();
        }
    }
}
