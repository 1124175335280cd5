package io.headrace.samples.indexer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileInputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import reactor.blockhound.BlockingOperationError;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

/** That the other tests would see a file read on a thread that must not block. */
class BlockHoundActiveTest {

    @Test
    void aFileReadOnAParallelThreadIsFound() {
        Mono<Integer> reading =
                Mono.fromCallable(BlockHoundActiveTest::firstByte).subscribeOn(Schedulers.parallel());

        StepVerifier.create(reading)
                .verifyErrorSatisfies(e -> assertThat(e).isInstanceOf(BlockingOperationError.class));
    }

    private static int firstByte() throws IOException {
        try (FileInputStream file = new FileInputStream("pom.xml")) {
            return file.read();
        }
    }
}
