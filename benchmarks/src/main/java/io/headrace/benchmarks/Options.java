package io.headrace.benchmarks;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a scenario was given. Immutable. */
public final class Options {

    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})([smh])");
    private static final Duration LONGEST = Duration.ofDays(30);

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
     * A whole number, or the usual one if none was given.
     *
     * @throws UsageException if it is none, or not in this range
     */
    public int number(String name, int usual, int least, int most) throws UsageException {
        return text(name).isPresent() ? number(name, least, most) : usual;
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
     * Whole numbers, separated by commas; {@code none} for none.
     *
     * @throws UsageException if one is none, or not in this range
     */
    public List<Integer> numbers(String name, int least, int most) throws UsageException {
        List<Integer> numbers = new ArrayList<>();
        String text = values.getOrDefault(name, "");
        for (String part : text.equals("none") ? new String[0] : text.split(" *, *")) {
            numbers.add(new Options(Map.of(name, part)).number(name, least, most));
        }
        return numbers;
    }

    /**
     * A length of time such as {@code 90s}, {@code 10m} or {@code 2h}.
     *
     * @throws UsageException if it is none, or not from a second to 30 days
     */
    public Duration duration(String name) throws UsageException {
        String value = values.getOrDefault(name, "");
        Matcher matcher = DURATION.matcher(value);
        if (matcher.matches()) {
            ChronoUnit unit = switch (matcher.group(2)) {
                case "s" -> ChronoUnit.SECONDS;
                case "m" -> ChronoUnit.MINUTES;
                default -> ChronoUnit.HOURS;
            };
            Duration duration = Duration.of(Long.parseLong(matcher.group(1)), unit);
            if (!duration.isZero() && duration.compareTo(LONGEST) <= 0) {
                return duration;
            }
        }
        throw new UsageException(
                name + " must be like 90s, 10m or 2h, 30 days at most, not '" + OneLine.of(value) + "'");
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
