package io.headrace.spring.schedule;

import io.headrace.schedule.Misfire;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A misfire policy in words. */
public final class MisfireText {

    /** What it may be, to follow "must be". */
    public static final String ALLOWED = "ONCE, SKIP, or ALL(n) with a cap from 1 to " + Misfire.LARGEST_CAP;

    private static final Pattern ALL = Pattern.compile("ALL\\s*\\(\\s*([0-9]{1,4})\\s*\\)");

    private MisfireText() {}

    /** Reads a policy; empty if the text is none. */
    public static Optional<Misfire> read(String text) {
        String upper = text.strip().toUpperCase(Locale.ROOT);
        Matcher all = ALL.matcher(upper);
        if (all.matches()) {
            int cap = Integer.parseInt(all.group(1));
            return cap < 1 || cap > Misfire.LARGEST_CAP ? Optional.empty() : Optional.of(Misfire.all(cap));
        }
        return switch (upper) {
            case "ONCE" -> Optional.of(Misfire.ONCE);
            case "SKIP" -> Optional.of(Misfire.SKIP);
            default -> Optional.empty();
        };
    }
}
