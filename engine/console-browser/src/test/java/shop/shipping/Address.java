package shop.shipping;

import reactor.core.publisher.Mono;

/** Where parcels go. */
public final class Address {

    private Address() {}

    /** Reads an address that has no zip code, which cannot work. */
    public static Mono<Void> ship(int order) {
        return Mono.fromRunnable(() -> parse(order));
    }

    private static void parse(int order) {
        throw new IllegalArgumentException("Missing required property 'zip' of order " + order);
    }
}
