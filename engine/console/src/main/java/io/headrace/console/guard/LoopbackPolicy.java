package io.headrace.console.guard;

import io.headrace.console.AccessRefusedException;
import io.headrace.console.OperatorPolicy;
import io.headrace.operate.Actor;
import io.headrace.operate.Right;
import java.util.Set;
import org.springframework.web.reactive.function.server.ServerRequest;
import reactor.core.publisher.Mono;

/** Gives rights to requests from this machine and refuses all others. */
public final class LoopbackPolicy implements OperatorPolicy {

    private static final String NAME = "loopback";

    private final Actor actor;
    private final String remedy;

    /** @param remedy how others get access, as a sentence */
    public LoopbackPolicy(Set<Right> rights, String remedy) {
        this.actor = new Actor(NAME, rights);
        this.remedy = remedy;
    }

    @Override
    public Mono<Actor> actor(ServerRequest request) {
        String reason = Peer.notLocal(request);
        return reason == null
                ? Mono.just(actor)
                : Mono.error(() -> new AccessRefusedException(
                        "Only requests from the machine of this console have access to it, and this is not one: "
                                + reason + ". " + remedy));
    }
}
