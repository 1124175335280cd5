package io.headrace.benchmarks.idle;

/**
 * Engines that have nothing to do.
 *
 * @param name in metrics
 * @param engines in one process, each with a store of its own
 * @param queues of each of them; the same for all
 */
record Idle(String name, int engines, int queues) {

    static Idle queues(int queues) {
        return new Idle("idle_" + queues, 1, queues);
    }

    static Idle engines(int engines) {
        return new Idle("idle_" + engines + "_engines", engines, 1);
    }

    String description() {
        return engines + (engines == 1 ? " engine, " : " engines, ") + queues + (queues == 1 ? " queue" : " queues");
    }
}
