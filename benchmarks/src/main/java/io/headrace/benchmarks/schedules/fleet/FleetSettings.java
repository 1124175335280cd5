package io.headrace.benchmarks.schedules.fleet;

import io.headrace.benchmarks.process.Target;
import java.time.Duration;
import java.util.List;

/**
 * What an engine process is told, on its command line; the password comes in its environment.
 *
 * @param clockOffset by how much the engine's clock is off
 */
public record FleetSettings(Target target, String schema, Fleet fleet, Duration clockOffset) {

    /** The same with a clock that is off. */
    public FleetSettings clockOffBy(Duration offset) {
        return new FleetSettings(target, schema, fleet, offset);
    }

    /** What {@link #parse} reads. */
    public List<String> arguments() {
        return List.of(
                target.hosts(),
                target.database(),
                target.user(),
                schema,
                Integer.toString(fleet.size()),
                Long.toString(fleet.seed()),
                clockOffset.toString());
    }

    static FleetSettings parse(String[] args) {
        return new FleetSettings(
                new Target(args[0], args[1], args[2]),
                args[3],
                new Fleet(Integer.parseInt(args[4]), Long.parseLong(args[5])),
                Duration.parse(args[6]));
    }
}
