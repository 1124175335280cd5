package io.headrace.benchmarks;

/**
 * An option of a scenario.
 *
 * @param name with its dashes
 * @param standard the value if none is given; empty for none
 * @param meaning in half a line
 */
public record Option(String name, String standard, String meaning) {

    @Override
    public String toString() {
        return String.format("  %-18s %s%s", name, meaning, standard.isEmpty() ? "" : " (" + standard + ")");
    }
}
