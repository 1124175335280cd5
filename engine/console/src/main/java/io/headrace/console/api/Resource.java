package io.headrace.console.api;

import org.springframework.web.reactive.function.server.RouterFunctions;

/** Adds the routes of one resource. */
interface Resource {

    void route(RouterFunctions.Builder routes);
}
