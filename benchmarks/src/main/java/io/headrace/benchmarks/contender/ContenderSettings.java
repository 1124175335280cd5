package io.headrace.benchmarks.contender;

/**
 * What a contender is given.
 *
 * @param database empty, and its own
 * @param payloadBytes how long the JSON of a payload is
 * @param concurrency how many jobs may run at a time, for those that need no thread for each; others take what their
 *     documentation names
 */
public record ContenderSettings(
        String host, int port, String database, String user, String password, int payloadBytes, int concurrency) {

    /** The same for another database. */
    public ContenderSettings in(String other) {
        return new ContenderSettings(host, port, other, user, password, payloadBytes, concurrency);
    }
}
