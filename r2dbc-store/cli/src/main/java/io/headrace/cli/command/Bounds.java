package io.headrace.cli.command;

import io.headrace.cli.end.RefusedException;
import org.jspecify.annotations.Nullable;

/** Refuses numbers that an option does not take. */
public final class Bounds {

    private Bounds() {}

    /**
     * Checks a number that an option needs.
     *
     * @throws RefusedException if the number is out of range
     */
    public static void check(String option, int number, int least, int most) {
        if (number < least || number > most) {
            throw RefusedException.wrongArguments(option + ": " + number + " is outside " + least + " to " + most);
        }
    }

    /**
     * Checks a number that may be left out.
     *
     * @throws RefusedException if a number is given that is not positive
     */
    public static void atLeastOne(String option, @Nullable Long number) {
        if (number != null && number < 1) {
            throw RefusedException.wrongArguments(option + ": " + number + " is under 1");
        }
    }
}
