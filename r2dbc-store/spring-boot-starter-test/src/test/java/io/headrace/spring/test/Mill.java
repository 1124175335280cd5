package io.headrace.spring.test;

import io.headrace.JobClient;
import io.headrace.JobType;
import io.headrace.spring.HandlesJob;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** An application as users write them. */
@SpringBootApplication
class Mill {

    record Grain(String name) {}

    record Flour(String name) {}

    static final JobType<Grain> GRIND = JobType.of("grind", Grain.class);
    static final JobType<Flour> SIEVE = JobType.of("sieve", Flour.class);

    /** What the handlers need, and a test of them leaves out. */
    @Component
    static class Stones {
        Mono<String> grind(String grain) {
            return Mono.just(grain + " flour");
        }
    }

    @Component
    static class Miller {
        private final Stones stones;
        private final JobClient client;

        Miller(Stones stones, JobClient client) {
            this.stones = stones;
            this.client = client;
        }

        @HandlesJob("grind")
        Mono<Void> grind(Grain grain) {
            return stones.grind(grain.name())
                    .flatMap(flour -> client.enqueue(SIEVE.job(new Flour(flour))))
                    .then();
        }

        @HandlesJob("sieve")
        Mono<Void> sieve(Flour flour) {
            return Mono.empty();
        }
    }
}
