package io.headrace.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** A store is held to the whole contract: no suite is left out of the class that stores extend. */
class JobStoreContractTest {

    @Test
    void everySuiteOfThePackageIsNested() throws Exception {
        List<String> nested = Stream.of(JobStoreContract.class.getDeclaredClasses())
                .filter(suite -> suite.isAnnotationPresent(Nested.class))
                .map(suite -> suite.getSuperclass().getSimpleName())
                // The suites of claims are also held to those from several queues.
                .distinct()
                .toList();

        assertThat(suites()).contains("EnqueueContract");
        assertThat(nested).containsExactlyInAnyOrderElementsOf(suites());
    }

    private static List<String> suites() throws IOException, URISyntaxException {
        Path classes = Path.of(JobStoreContract.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        try (Stream<Path> files = Files.list(classes.resolve("io/headrace/testkit/contract"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".class") && !name.contains("$"))
                    .map(name -> name.substring(0, name.length() - ".class".length()))
                    .filter(JobStoreContractTest::isSuite)
                    .toList();
        }
    }

    private static boolean isSuite(String name) {
        try {
            Class<?> type = Class.forName(JobStoreContract.class.getPackageName() + "." + name);
            return ContractSuite.class.isAssignableFrom(type)
                    && Stream.of(type.getDeclaredMethods()).anyMatch(method -> method.isAnnotationPresent(Test.class));
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }
}
