package io.headrace.console.pages;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;

/** A file of the console, as it is sent: plain, and compressed if that makes it shorter. */
final class Asset {

    private static final int TAG_LENGTH = 20;

    private final MediaType type;
    private final byte[] plain;
    private final byte @Nullable [] gzipped;
    private final String tag;

    Asset(MediaType type, byte[] bytes) {
        byte[] shorter = gzip(bytes);
        this.type = type;
        plain = bytes;
        gzipped = shorter.length < bytes.length ? shorter : null;
        tag = tag(bytes);
    }

    MediaType type() {
        return type;
    }

    byte[] plain() {
        return plain;
    }

    byte @Nullable [] gzipped() {
        return gzipped;
    }

    /** An entity tag of the content, weak because both encodings have the same. */
    String tag() {
        return tag;
    }

    private static byte[] gzip(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static String tag(byte[] bytes) {
        try {
            String digest = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
            return "W/\"" + digest.substring(0, TAG_LENGTH) + "\"";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
