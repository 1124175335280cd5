package io.headrace.console.browser;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.json.Json;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;

/** What a browser has recorded since it was last asked: requests, what they weighed, and what it complained about. */
final class Recorded {

    private static final Json JSON = new Json();

    private final ChromeDriver driver;
    private final List<String> complaints = new ArrayList<>();
    private final Map<String, String> urls = new LinkedHashMap<>();
    private final Map<String, Long> weights = new LinkedHashMap<>();

    Recorded(ChromeDriver driver) {
        this.driver = driver;
    }

    /** Forgets everything so far. */
    void clear() {
        read();
        complaints.clear();
        urls.clear();
        weights.clear();
    }

    /** Errors of scripts, violations of the policy, requests that failed. */
    List<String> complaints() {
        read();
        return List.copyOf(complaints);
    }

    /** Each request's URL. */
    List<String> urls() {
        read();
        return List.copyOf(urls.values());
    }

    /** The bytes that came over the network, headers included, by URL. */
    Map<String, Long> weights() {
        read();
        return weights.entrySet().stream()
                .filter(entry -> urls.containsKey(entry.getKey()))
                .collect(Collectors.toMap(entry -> urls.get(entry.getKey()), Map.Entry::getValue, Long::sum));
    }

    private void read() {
        for (LogEntry entry : driver.manage().logs().get(LogType.BROWSER)) {
            // What axe does to see colors.
            if (!entry.getMessage().contains("willReadFrequently")) {
                complaints.add(entry.getMessage());
            }
        }
        for (LogEntry entry : driver.manage().logs().get(LogType.PERFORMANCE)) {
            Map<String, Object> message =
                    map(map(JSON.toType(entry.getMessage(), Map.class)).get("message"));
            note(String.valueOf(message.get("method")), map(message.get("params")));
        }
    }

    private void note(String method, Map<String, Object> parameters) {
        String request = String.valueOf(parameters.get("requestId"));
        switch (method) {
            case "Network.requestWillBeSent" ->
                urls.put(request, String.valueOf(map(parameters.get("request")).get("url")));
            case "Network.loadingFinished" ->
                weights.put(request, ((Number) parameters.get("encodedDataLength")).longValue());
            default -> {
                // Everything else is of no interest here.
            }
        }
    }

    @SuppressWarnings("unchecked") // JSON objects have text keys
    private static Map<String, Object> map(Object value) {
        return (Map<String, Object>) value;
    }
}
