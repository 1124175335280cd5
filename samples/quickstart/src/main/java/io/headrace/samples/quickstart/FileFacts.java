package io.headrace.samples.quickstart;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;

/**
 * What a handler finds out about a file.
 *
 * @param lines how many line feeds it has, and one more if there is something after the last
 * @param sha256 in 64 hexadecimal digits
 * @param took how long it took to read
 */
record FileFacts(long lines, String sha256, Duration took) {

    private static final int BUFFER_BYTES = 64 * 1024;

    /** Reads the file; blocks. */
    static FileFacts of(Path file) throws IOException {
        long begun = System.nanoTime();
        MessageDigest digest = newDigest();
        byte[] buffer = new byte[BUFFER_BYTES];
        long lines = 0;
        byte last = '\n';
        try (InputStream content = Files.newInputStream(file)) {
            for (int read = content.read(buffer); read > 0; read = content.read(buffer)) {
                digest.update(buffer, 0, read);
                lines += lineFeeds(buffer, read);
                last = buffer[read - 1];
            }
        }
        return new FileFacts(
                last == '\n' ? lines : lines + 1,
                HexFormat.of().formatHex(digest.digest()),
                Duration.ofNanos(System.nanoTime() - begun));
    }

    private static int lineFeeds(byte[] buffer, int length) {
        int count = 0;
        for (int i = 0; i < length; i++) {
            if (buffer[i] == '\n') {
                count++;
            }
        }
        return count;
    }

    private static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
