package io.headrace.samples.indexer.checkout;

import io.headrace.samples.indexer.address.GitAddress;
import java.nio.file.Path;

/** Gets commits from where they are. Blocks; safe to use from many threads. */
public interface GitSource {

    /**
     * The commit that the repository's HEAD names, as 40 hexadecimal digits.
     *
     * @throws CheckoutException if it cannot be reached, or has no commit
     */
    String latest(GitAddress address);

    /**
     * Clones the repository and checks a commit out.
     *
     * @param into a folder that is empty or not there; what is in it after an error is of no use
     * @throws CheckoutException if that cannot be done, or was given up
     */
    void checkOut(GitAddress address, String commit, Path into, Listener listener);

    /** Who waits for a clone. */
    interface Listener {

        /** Hears how far it has come, 0 to 100, and at what it is; on the thread that clones. */
        void at(int percent, String doing);

        /** Whether nobody waits any more, so that it may be given up. */
        boolean isGone();
    }
}
