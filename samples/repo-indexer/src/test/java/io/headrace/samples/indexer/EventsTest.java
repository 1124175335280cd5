package io.headrace.samples.indexer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headrace.JobClient;
import io.headrace.spring.TransactionalJobClient;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.context.annotation.Bean;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;

/** Who watches a job over HTTP and goes away no longer watches it. */
class EventsTest {

    @TempDir
    Path folder;

    /** Puts a client before the starter's that counts who watches. */
    static class Counted {

        static final AtomicInteger WATCHING = new AtomicInteger();

        /** Late, so that the starter does not take it for a client of the application's own. */
        @Bean
        static BeanFactoryPostProcessor countedQueue() {
            return beans -> {
                RootBeanDefinition counted = new RootBeanDefinition(
                        JobClient.class, () -> counting(beans.getBean(TransactionalJobClient.class)));
                counted.setPrimary(true);
                ((BeanDefinitionRegistry) beans).registerBeanDefinition("countingQueue", counted);
            };
        }

        private static JobClient counting(JobClient real) {
            return (JobClient) Proxy.newProxyInstance(
                    JobClient.class.getClassLoader(), new Class<?>[] {JobClient.class}, (proxy, method, arguments) -> {
                        Object answer = method.invoke(real, arguments);
                        return method.getName().equals("watch") ? counted((Flux<?>) answer) : answer;
                    });
        }

        private static Flux<?> counted(Flux<?> watch) {
            return watch.doOnSubscribe(subscription -> WATCHING.incrementAndGet())
                    .doFinally(signal -> WATCHING.decrementAndGet());
        }
    }

    @Test
    void whoGoesAwayNoLongerWatches() {
        GitRepository repository = GitRepository.small(folder.resolve("mill"));
        try (IndexerApp app = IndexerApp.start(folder.resolve("home"), WatchedSource.class, Counted.class)) {
            WatchedSource source = app.bean(WatchedSource.class);
            source.hold();
            UUID id = app.add(repository.url());
            AtomicInteger seen = new AtomicInteger();
            Disposable watching = app.events(id).subscribe(event -> seen.incrementAndGet());
            await().atMost(IndexerApp.PATIENCE).until(() -> seen.get() > 0);
            assertThat(Counted.WATCHING).hasValue(1);

            watching.dispose();

            await().atMost(IndexerApp.PATIENCE).until(() -> Counted.WATCHING.get() == 0);
            source.letGo();
            assertThat(app.outcome(id)).isEqualTo("COMPLETED");
        }
    }
}
