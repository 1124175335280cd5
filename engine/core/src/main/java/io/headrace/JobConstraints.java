package io.headrace;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/** The constraints on jobs, names and fingerprints, all of which are checked here. */
public final class JobConstraints {

    /** The maximum length of the name of a queue, kind or header, in characters. */
    public static final int NAME_CHARACTERS = 100;
    /** The maximum length of a key, in characters: a unique key, or that of a throttle. */
    public static final int UNIQUE_KEY_CHARACTERS = 500;
    /** The maximum length of the key of a signal, in characters. */
    public static final int SIGNAL_KEY_CHARACTERS = 200;
    /** The maximum length of a progress message, in characters. Longer ones are cut. */
    public static final int PROGRESS_MESSAGE_CHARACTERS = 500;
    /** The maximum length of a value that a job keeps in the store, such as its result, in bytes of UTF-8: 64 KiB. */
    public static final int VALUE_BYTES = 64 << 10;
    /** The maximum number of jobs that an outcome enqueues, see {@link JobOutcome#completeThen(NewJob...)}. */
    public static final int FOLLOW_UPS = 1_000;
    /** The maximum length of the name of a step, in characters. */
    public static final int STEP_NAME_CHARACTERS = 200;
    /** The maximum number of steps of a job. */
    public static final int MAX_STEPS = 1_000;
    /** The highest priority, which goes first. */
    public static final int HIGHEST_PRIORITY = 0;
    /** The lowest priority, which goes last. */
    public static final int LOWEST_PRIORITY = 9;
    /** The maximum number of attempts of a job. */
    public static final int MAX_ATTEMPTS = 1_000;
    /** The maximum delay: 100 years. */
    public static final Duration LONGEST_DELAY = Duration.ofDays(36_500);

    /** The longest period for which enqueues with the same key are related to each other: 365 days. */
    public static final Duration LONGEST_PERIOD = Duration.ofDays(365);

    /** The maximum number of jobs that a throttle admits in its period. */
    public static final int MAX_ADMITTED = 1_000;

    private static final Pattern FINGERPRINT = Pattern.compile("[0-9a-f]{16}");

    private JobConstraints() {}

    /**
     * Checks a name.
     *
     * @param field what the value names, for the error message
     * @return the same name
     * @throws InvalidJobException if the name is blank, longer than {@link #NAME_CHARACTERS} or contains control
     *     characters
     */
    public static String name(String field, String value) {
        return text(field, value, NAME_CHARACTERS);
    }

    /**
     * Checks a key.
     *
     * @param field what the value is, for the error message
     * @return the same key
     * @throws InvalidJobException if the key is blank, longer than {@link #UNIQUE_KEY_CHARACTERS} or contains control
     *     characters
     */
    public static String key(String field, String value) {
        return text(field, value, UNIQUE_KEY_CHARACTERS);
    }

    /**
     * Checks the key of a signal.
     *
     * @return the same key
     * @throws InvalidJobException if the key is blank, longer than {@link #SIGNAL_KEY_CHARACTERS} or contains control
     *     characters
     */
    public static String signalKey(String value) {
        return text("signal", value, SIGNAL_KEY_CHARACTERS);
    }

    /**
     * Checks the name of a step.
     *
     * @return the same name
     * @throws InvalidJobException if the name is blank, longer than {@link #STEP_NAME_CHARACTERS} or contains control
     *     characters
     */
    public static String stepName(String value) {
        return text("step", value, STEP_NAME_CHARACTERS);
    }

    /**
     * Checks a fingerprint of failures, see {@link AttemptFailure#fingerprint()}.
     *
     * @return the same fingerprint
     * @throws InvalidSettingException if it is not 16 hexadecimal digits in lower case
     */
    public static String fingerprint(String value) {
        if (!FINGERPRINT.matcher(value).matches()) {
            throw new InvalidSettingException("fingerprint", "'" + value + "' is not 16 digits of 0-9 and a-f");
        }
        return value;
    }

    static String header(String name) {
        if (name("header", name).equals(PayloadTransforms.HEADER)) {
            throw new InvalidJobException(
                    "header",
                    "'" + name
                            + "' is reserved: it says how a stored payload was transformed. Leave it out when you copy"
                            + " the headers of another job");
        }
        return name;
    }

    static List<NewJob<?>> followUps(List<NewJob<?>> jobs) {
        if (jobs.size() > FOLLOW_UPS) {
            throw new InvalidJobException(
                    "completeThen",
                    jobs.size() + " jobs, at most " + FOLLOW_UPS
                            + " are allowed. Enqueue a job that enqueues the others, with JobClient.enqueueAll");
        }
        return jobs;
    }

    static int admitted(int value) {
        if (value < 1 || value > MAX_ADMITTED) {
            throw new InvalidJobException("throttle", value + " is outside 1 to " + MAX_ADMITTED);
        }
        return value;
    }

    static int priority(int value) {
        if (value < HIGHEST_PRIORITY || value > LOWEST_PRIORITY) {
            throw new InvalidJobException(
                    "priority",
                    value + " is outside " + HIGHEST_PRIORITY + " (first) to " + LOWEST_PRIORITY + " (last)");
        }
        return value;
    }

    static int maxAttempts(int value) {
        if (value < 1 || value > MAX_ATTEMPTS) {
            throw new InvalidJobException("maxAttempts", value + " is outside 1 to " + MAX_ATTEMPTS);
        }
        return value;
    }

    static Duration delay(Duration value) {
        Objects.requireNonNull(value, "delay");
        if (value.isNegative()) {
            throw new InvalidJobException("delay", "is negative: " + value);
        }
        if (value.compareTo(LONGEST_DELAY) > 0) {
            throw new InvalidJobException("delay", "is over " + LONGEST_DELAY.toDays() + " days: " + value);
        }
        return value;
    }

    static Duration period(String field, Duration value) {
        Objects.requireNonNull(value, field);
        if (value.isNegative() || value.isZero()) {
            throw new InvalidJobException(field, value + " is not positive");
        }
        if (value.compareTo(LONGEST_PERIOD) > 0) {
            throw new InvalidJobException(field, value + " is over " + LONGEST_PERIOD.toDays() + " days");
        }
        if (value.toNanosPart() % 1_000_000 != 0) {
            throw new InvalidJobException(field, value + " is not a whole number of milliseconds");
        }
        return value;
    }

    private static String text(String field, String value, int most) {
        Objects.requireNonNull(value, field);
        if (value.isBlank()) {
            throw new InvalidJobException(field, "is empty");
        }
        if (value.length() > most) {
            throw new InvalidJobException(
                    field,
                    "has " + value.length() + " characters, at most " + most + " are allowed: '"
                            + value.substring(0, 40) + "…'");
        }
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            boolean paired = Character.isHighSurrogate(c)
                    && i + 1 < value.length()
                    && Character.isLowSurrogate(value.charAt(i + 1));
            if (paired) {
                i++;
            } else if (Character.isISOControl(c) || Character.isSurrogate(c)) {
                throw new InvalidJobException(
                        field, String.format("character %d is U+%04X, which is not allowed", i + 1, (int) c));
            }
        }
        return value;
    }
}
