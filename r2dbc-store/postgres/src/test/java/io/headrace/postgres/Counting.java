package io.headrace.postgres;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.awaitility.Awaitility.await;

import io.headrace.spi.JobIntake;
import io.headrace.spi.JobStore;
import io.headrace.spi.LeaseStore;
import io.headrace.spi.ResultStore;
import io.headrace.spi.SignalStore;
import io.headrace.spi.StepStore;
import io.headrace.spi.WorkerRegistry;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import reactor.core.publisher.Mono;

/** Notes the store's calls in their order. */
final class Counting {

    private static final Set<Class<?>> FACETS = Set.of(
            JobIntake.class,
            LeaseStore.class,
            WorkerRegistry.class,
            ResultStore.class,
            SignalStore.class,
            StepStore.class);

    private final JobStore store;
    private final Queue<String> calls = new ConcurrentLinkedQueue<>();
    private int lastSize;

    Counting(JobStore store) {
        this.store = store;
    }

    JobStore proxy() {
        return proxy(JobStore.class, store);
    }

    private <T> T proxy(Class<T> type, Object target) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, args) -> {
            try {
                Object answer = method.invoke(target, args);
                if (FACETS.contains(method.getReturnType())) {
                    return proxy(method.getReturnType(), answer);
                }
                return answer instanceof Mono<?> mono ? mono.doOnSubscribe(s -> calls.add(method.getName())) : answer;
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }));
    }

    /** Until the engine has said that it waits and claimed once more, and the listener has announced itself. */
    void awaitQuiet() {
        await().atMost(ofSeconds(30)).during(ofMillis(300)).until(() -> calls.size(), before -> {
            boolean quiet = calls.contains("markIdle") && before == lastSize;
            lastSize = calls.size();
            return quiet;
        });
        calls.clear();
    }

    List<String> calls() {
        return List.copyOf(calls);
    }
}
