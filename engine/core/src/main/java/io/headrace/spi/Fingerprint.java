package io.headrace.spi;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * Fingerprints of failures: 16 hexadecimal digits that are equal for failures of the same sort, in every process and every
 * version of Java. An engine computes them when it records a failure.
 */
public final class Fingerprint {

    private static final int BYTES = 8;
    private static final MessageDigest SHA_256 = sha256();

    private Fingerprint() {}

    /** Returns the fingerprint of what describes the sort, such as the type of an error and its topmost frames. */
    public static String of(List<String> words) {
        return HexFormat.of().formatHex(digest(String.join("\n", words)), 0, BYTES);
    }

    /** Returns the fingerprint as a number, for a store that keeps it as one. */
    public static long number(String fingerprint) {
        return Long.parseUnsignedLong(fingerprint, 16);
    }

    /** Returns the fingerprint that a number stands for. */
    public static String text(long number) {
        return HexFormat.of().toHexDigits(number);
    }

    static byte[] digest(String text) {
        return hash().digest(text.getBytes(StandardCharsets.UTF_8));
    }

    /** A copy: to look for the algorithm takes locks, for which no event loop may wait. */
    private static MessageDigest hash() {
        try {
            return (MessageDigest) SHA_256.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("the digests of the JDK can be cloned", e);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
