package io.headrace.benchmarks;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a scenario was given. Immutable. */
public final class Options {

    private final Map<String, String> values;

    private Options(Map<String, String> values) {
        this.values = Map.copyOf(values);
    }

    /**
     * Reads {@code --name value} pairs.
     *
     * @throws UsageException if an option is not among those known, or has no value
     */
    public static Options parse(List<String> args, List<Option> known) throws UsageException {
        Map<String, String> values = new HashMap<>();
        known.forEach(option -> values.put(option.name(), option.standard()));
        for (int i = 0; i < args.size(); i += 2) {
            String name = args.get(i);
            if (!values.containsKey(name)) {
                throw new UsageException("unknown option " + OneLine.of(name));
            }
            if (i + 1 == args.size()) {
                throw new UsageException(name + " needs a value");
            }
            values.put(name, args.get(i + 1));
        }
        return new Options(values);
    }

    /** All of them, as they were given. */
    public Map<String, String> values() {
        return values;
    }

    /** Empty if it was not given and has no standard value. */
    public Optional<String> text(String name) {
        return Optional.ofNullable(values.get(name)).filter(value -> !value.isEmpty());
    }

    /**
     * A whole number.
     *
     * @throws UsageException if it is none, or not in this range
     */
    public int number(String name, int least, int most) throws UsageException {
        String value = values.getOrDefault(name, "");
        try {
            int number = Integer.parseInt(value);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new UsageException(
                name + " must be a whole number of " + least + " to " + most + ", not '" + OneLine.of(value) + "'");
    }

    /**
     * A number of milliseconds.
     *
     * @throws UsageException if it is not 1 to 600,000
     */
    public Duration millis(String name) throws UsageException {
        return Duration.ofMillis(number(name, 1, 600_000));
    }

    /**
     * A path, if there is one.
     *
     * @throws UsageException if it cannot be one
     */
    public Optional<Path> path(String name) throws UsageException {
        try {
            return text(name).map(Path::of);
        } catch (InvalidPathException e) {
            throw new UsageException(name + " is no path: '" + OneLine.of(values.getOrDefault(name, "")) + "'");
        }
    }
}
