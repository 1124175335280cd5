package io.headrace.samples.indexer.address;

/** An address that nothing can be cloned from, or that may not be cloned from. Says what to do. */
public final class InvalidAddressException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    InvalidAddressException(String wrongAndRemedy) {
        super(wrongAndRemedy);
    }
}
