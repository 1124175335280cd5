package io.headrace.console.api;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.core.io.Resource;
import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.RequestPredicate;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import reactor.core.publisher.Mono;

/** Collects the routes of the API as its document writes them, such as {@code GET /jobs/{id}}. */
final class RouteList implements RouterFunctions.Visitor {

    private static final Pattern ROUTE = Pattern.compile("\\((\\w+) && " + ApiRoutes.ROOT + "(/\\S+)\\)");

    private final Set<String> found = new TreeSet<>();

    static Set<String> of(RouterFunction<?> routes) {
        RouteList list = new RouteList();
        routes.accept(list);
        return list.found;
    }

    @Override
    public void route(RequestPredicate predicate, HandlerFunction<?> handler) {
        Matcher route = ROUTE.matcher(predicate.toString());
        if (route.matches()) {
            found.add(route.group(1) + " " + route.group(2));
        }
    }

    @Override
    public void startNested(RequestPredicate predicate) {}

    @Override
    public void endNested(RequestPredicate predicate) {}

    @Override
    public void resources(Function<ServerRequest, Mono<Resource>> lookup) {}

    @Override
    public void attributes(Map<String, Object> attributes) {}

    @Override
    public void unknown(RouterFunction<?> routes) {
        throw new IllegalStateException("unknown routes: " + routes);
    }
}
