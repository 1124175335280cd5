package io.headrace.schedule;

import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * A random expression of five fields with its meaning as predicates, which are drawn together with the text and owe
 * nothing to the code that reads it.
 */
record RandomCron(
        String text, List<Integer> minutesOfDay, RandomDays days, IntPredicate months, boolean everyRealHour) {

    /** A field of numbers, and what it matches. */
    record Numbers(String text, IntPredicate matches) {}

    static RandomCron draw(Random random) {
        Numbers minute = minutes(random);
        Numbers hour = hours(random);
        RandomDays days = RandomDays.draw(random);
        Numbers month = random.nextInt(3) > 0 ? star() : numbers(random, 1, 12);
        List<Integer> minutes = IntStream.range(0, 1_440)
                .filter(i -> hour.matches().test(i / 60) && minute.matches().test(i % 60))
                .boxed()
                .toList();
        return new RandomCron(
                String.join(" ", minute.text(), hour.text(), days.ofMonth(), month.text(), days.ofWeek()),
                minutes,
                days,
                month.matches(),
                hour.text().contains("*") || hour.text().contains("/"));
    }

    boolean matches(LocalDate date) {
        return months.test(date.getMonthValue()) && days.matches(date);
    }

    /** Few, since each of them is looked at in thousands of days. */
    private static Numbers minutes(Random random) {
        int kind = random.nextInt(20);
        if (kind == 0) {
            return random.nextInt(4) > 0 ? single(random, 0, 59) : star();
        }
        if (kind < 4) {
            int step = 10 + random.nextInt(30);
            int from = random.nextInt(20);
            return new Numbers(from + "/" + step, m -> m >= from && (m - from) % step == 0);
        }
        return kind < 14 ? single(random, 0, 59) : list(random, 0, 59);
    }

    private static Numbers hours(Random random) {
        int kind = random.nextInt(20);
        if (kind < 8) {
            return single(random, 0, 4);
        }
        return kind < 11 ? star() : numbers(random, 0, 23);
    }

    private static Numbers numbers(Random random, int least, int most) {
        int step = 2 + random.nextInt(6);
        int from = least + random.nextInt(most - least);
        int to = from + random.nextInt(most - from + 1);
        return switch (random.nextInt(6)) {
            case 0 -> single(random, least, most);
            case 1 -> list(random, least, most);
            case 2 -> new Numbers(from + "-" + to, n -> n >= from && n <= to);
            case 3 -> new Numbers("*/" + step, n -> (n - least) % step == 0);
            case 4 -> new Numbers(from + "-" + to + "/" + step, n -> n >= from && n <= to && (n - from) % step == 0);
            default -> new Numbers(from + "/" + step, n -> n >= from && (n - from) % step == 0);
        };
    }

    static Numbers single(Random random, int least, int most) {
        int only = least + random.nextInt(most - least + 1);
        return new Numbers(String.valueOf(only), n -> n == only);
    }

    private static Numbers list(Random random, int least, int most) {
        Numbers one = single(random, least, most);
        Numbers two = single(random, least, most);
        return new Numbers(one.text() + "," + two.text(), one.matches().or(two.matches()));
    }

    private static Numbers star() {
        return new Numbers("*", n -> true);
    }
}
