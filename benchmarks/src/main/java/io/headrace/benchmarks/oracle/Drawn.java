package io.headrace.benchmarks.oracle;

import java.util.Random;
import java.util.function.IntPredicate;

/** A field of numbers, and what it means. */
record Drawn(String text, IntPredicate matches) {

    /** Anything that can be written in a field of numbers. */
    static Drawn any(Random random, int least, int most) {
        int from = least + random.nextInt(most - least + 1);
        int to = from + random.nextInt(most - from + 1);
        int step = 1 + random.nextInt(most - least + 1);
        return switch (random.nextInt(8)) {
            case 0, 1 -> new Drawn(String.valueOf(from), n -> n == from);
            case 2 -> new Drawn("*", n -> true);
            case 3 -> new Drawn(from + "-" + to, n -> n >= from && n <= to);
            case 4 -> new Drawn("*/" + step, n -> (n - least) % step == 0);
            case 5 -> new Drawn(from + "/" + step, n -> n >= from && (n - from) % step == 0);
            case 6 -> new Drawn(from + "-" + to + "/" + step, n -> n >= from && n <= to && (n - from) % step == 0);
            default -> any(random, least, most).or(any(random, least, most));
        };
    }

    /** The one, and what else the other matches. */
    Drawn or(Drawn other) {
        return new Drawn(text + "," + other.text, matches.or(other.matches));
    }

    boolean[] values(int size) {
        boolean[] values = new boolean[size];
        for (int i = 0; i < size; i++) {
            values[i] = matches.test(i);
        }
        return values;
    }
}
