package io.headrace.testkit.pipeline;

import io.headrace.InvalidJobException;
import io.headrace.StoreException;
import io.headrace.UniqueKeyBusyException;
import io.headrace.spi.EncodedJob;
import io.headrace.spi.JobStore;
import io.headrace.spi.Settlement;
import io.headrace.spi.Verdict;
import io.headrace.spi.WakeUp;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** A store that is away when a test says so: a call errs, or hangs until it is let go. */
final class Unreliable {

    private final JobStore store;
    private final Set<String> broken = ConcurrentHashMap.newKeySet();
    private final Set<String> refused = ConcurrentHashMap.newKeySet();
    private final Set<String> refusedForGood = ConcurrentHashMap.newKeySet();
    private final Set<String> lost = ConcurrentHashMap.newKeySet();
    private final Set<String> held = ConcurrentHashMap.newKeySet();
    private final Set<String> heldAnswers = ConcurrentHashMap.newKeySet();
    private final Map<String, Integer> calls = new ConcurrentHashMap<>();
    private final Sinks.Empty<Void> gate = Sinks.empty();
    private volatile String poison = "";
    private volatile String busyKey = "";
    private final Map<String, Duration> delays = new ConcurrentHashMap<>();
    private final Map<String, UnaryOperator<Object>> changes = new ConcurrentHashMap<>();
    private volatile @Nullable Flux<WakeUp> wakeUps;
    private volatile BiConsumer<String, Object[]> listener = (verb, args) -> {};

    Unreliable(JobStore store) {
        this.store = store;
    }

    JobStore proxy() {
        return proxy(JobStore.class, store);
    }

    private <T> T proxy(Class<T> type, Object target) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, args) -> call(target, method, args)));
    }

    void refuse(String verb) {
        refused.add(verb);
    }

    /** The call errs, and will do so again. */
    void refuseForGood(String verb) {
        refusedForGood.add(verb);
    }

    /** The call throws an error that Reactor throws on, rather than to signal it. */
    void breakDown(String verb) {
        broken.add(verb);
    }

    void allow(String verb) {
        broken.remove(verb);
        refused.remove(verb);
        refusedForGood.remove(verb);
        lost.remove(verb);
    }

    /** The call is done, and its caller told that it failed. */
    void loseTheAnswer(String verb) {
        lost.add(verb);
    }

    void hold(String verb) {
        held.add(verb);
    }

    /** The call is done, and its caller told after a while. */
    void delay(String verb, Duration by) {
        delays.put(verb, by);
    }

    /** The call is done, and its caller told when it is let go. */
    void holdTheAnswer(String verb) {
        heldAnswers.add(verb);
    }

    void letGo() {
        held.clear();
        heldAnswers.clear();
        gate.tryEmitEmpty();
    }

    void refusePayload(String payload) {
        poison = payload;
    }

    /** Somebody's transaction has this unique key, until another is named. */
    void keepBusy(String key) {
        busyKey = key;
    }

    /** Answers something else. */
    void change(String verb, UnaryOperator<Object> answer) {
        changes.put(verb, answer);
    }

    /** Is told of each call before it is made. */
    void listen(BiConsumer<String, Object[]> toCalls) {
        listener = toCalls;
    }

    /** Announces this instead of what the store does. */
    void announce(Flux<WakeUp> instead) {
        wakeUps = instead;
    }

    /** Of every verb. */
    int calls() {
        return calls.values().stream().mapToInt(count -> count).sum();
    }

    int calls(String verb) {
        return calls.getOrDefault(verb, 0);
    }

    private Object call(Object target, Method method, Object[] args) throws Throwable {
        Object answer;
        try {
            answer = method.invoke(target, args);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
        if (method.getReturnType().getPackageName().equals(JobStore.class.getPackageName())) {
            return proxy(method.getReturnType(), answer);
        }
        String verb = method.getName();
        if (verb.equals("wakeUps") && wakeUps != null) {
            return wakeUps;
        }
        if (answer instanceof Flux && (verb.equals("look") || verb.equals("servedQueues"))) {
            return call(verb, ((Flux<?>) answer).collectList(), args)
                    .flatMapMany(all -> Flux.fromIterable((List<?>) all));
        }
        return answer instanceof Mono<?> mono ? call(verb, mono, args) : answer;
    }

    private Mono<?> call(String verb, Mono<?> mono, Object[] args) {
        // What holds for one way to enqueue holds for the other.
        String said = verb.equals("enqueueAndClaim") ? "enqueue" : verb;
        return Mono.defer(() -> {
            calls.merge(verb, 1, Integer::sum);
            listener.accept(said, args);
            if (broken.contains(said)) {
                throw new NoClassDefFoundError("the driver's, as this test has it");
            }
            if (refusedForGood.contains(said)) {
                return Mono.error(new StoreException("refused, as this test has it", false, null, null));
            }
            if (refused.contains(said)) {
                return Mono.error(new StoreException("away, as this test has it", true, null, null));
            }
            if (isPoisoned(enqueued(said, args))) {
                return Mono.error(new InvalidJobException("payload", "refused, as this test has it"));
            }
            if (isBusy(enqueued(said, args))) {
                return Mono.error(new UniqueKeyBusyException(
                        List.of(busyKey), Duration.ZERO, new IllegalStateException("busy, as this test has it")));
            }
            if (lost.contains(said)) {
                return mono.then(Mono.error(new StoreException("cut off, as this test has it", true, null, null)));
            }
            UnaryOperator<Object> change = changes.getOrDefault(said, answer -> answer);
            if (delays.containsKey(said)) {
                return mono.map(change)
                        .flatMap(answer -> Mono.delay(delays.get(said)).thenReturn(answer));
            }
            if (heldAnswers.contains(said)) {
                return mono.map(change).flatMap(answer -> gate.asMono().thenReturn(answer));
            }
            return (held.contains(said) ? gate.asMono().then(mono) : mono).map(change);
        });
    }

    /** The jobs that a call enqueues, on their own or with outcomes. */
    private static List<EncodedJob> enqueued(String verb, Object[] args) {
        return switch (verb) {
            case "enqueue" ->
                ((List<?>) args[0]).stream().map(EncodedJob.class::cast).toList();
            case "settle" ->
                ((List<?>) args[1])
                        .stream()
                                .map(each -> ((Settlement) each).verdict())
                                .filter(Verdict.CompletedWith.class::isInstance)
                                .flatMap(verdict -> ((Verdict.CompletedWith) verdict).next().stream())
                                .toList();
            default -> List.of();
        };
    }

    private boolean isPoisoned(List<EncodedJob> jobs) {
        return jobs.stream().anyMatch(job -> job.payload().equals(poison));
    }

    private boolean isBusy(List<EncodedJob> jobs) {
        return jobs.stream().anyMatch(job -> busyKey.equals(job.uniqueKey()));
    }
}
