package io.headrace.samples.indexer.checkout;

import org.jspecify.annotations.Nullable;

/**
 * How far a checkout has come.
 *
 * @param done 0 to 100, never less than before
 * @param doing what it is at, for people to read
 * @param tree the result, with the last step alone
 */
public record CheckoutStep(int done, String doing, @Nullable WorkingTree tree) {

    private static final int WHOLE = 100;

    static CheckoutStep last(WorkingTree tree) {
        return new CheckoutStep(WHOLE, "checked out " + tree.commit(), tree);
    }

    /** The same as a part of something that takes longer: 0 to {@code share}. */
    public int percentOf(int share) {
        return done * share / WHOLE;
    }
}
