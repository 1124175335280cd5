package io.headrace.console.browser;

import java.util.List;

/** The pages that need no job or schedule in their address. */
final class Pages {

    static final List<String> ALL = List.of(
            "",
            "?page=queues",
            "?page=jobs",
            "?page=failures",
            "?page=schedules",
            "?page=signals",
            "?page=engines",
            "?page=database",
            "?page=audit",
            "?page=operations",
            "?page=log");

    private Pages() {}
}
