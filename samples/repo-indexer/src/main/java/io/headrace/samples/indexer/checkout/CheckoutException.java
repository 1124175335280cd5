package io.headrace.samples.indexer.checkout;

import io.headrace.samples.indexer.address.GitAddress;
import org.jspecify.annotations.Nullable;

/** A working tree cannot be had now. Says of which repository and why; asking again may help. */
public final class CheckoutException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public CheckoutException(GitAddress address, String why, @Nullable Throwable cause) {
        super(address + " cannot be cloned: " + why, cause);
    }
}
