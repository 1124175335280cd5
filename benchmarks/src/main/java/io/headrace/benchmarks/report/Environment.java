package io.headrace.benchmarks.report;

import java.util.Map;
import java.util.TreeMap;

/** Where a run was made: what makes numbers of two runs comparable, or not. */
public final class Environment {

    private Environment() {}

    /**
     * Of this machine and a server.
     *
     * @param postgres the server's version
     */
    public static Map<String, String> of(String postgres) {
        Map<String, String> facts = new TreeMap<>();
        facts.put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        facts.put("cores", Integer.toString(Runtime.getRuntime().availableProcessors()));
        facts.put("java", System.getProperty("java.vm.version"));
        facts.put("postgres", postgres);
        return facts;
    }
}
