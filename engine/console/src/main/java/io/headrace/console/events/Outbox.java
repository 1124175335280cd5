package io.headrace.console.events;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What is to be sent on one connection: the latest event of each topic. An event that was not sent before the next of its topic
 * came is dropped, so that a slow client lags by one event, and holds no more memory than that. Thread-safe.
 */
final class Outbox {

    private final Map<String, String> waiting = new LinkedHashMap<>();

    /** Puts the event of a topic. */
    synchronized void put(String topic, String event) {
        waiting.put(topic, event);
    }

    /** Takes everything as one text; empty if everything has been taken already. */
    synchronized String take() {
        String text = String.join("", waiting.values());
        waiting.clear();
        return text;
    }
}
