package io.headrace.engine.json;

import java.io.IOException;
import java.io.Writer;

/**
 * Takes JSON text as it is written and refuses, at the first character that shows it, what JSON allows and jsonb does not
 * ({@code \u0000}, lone surrogates), and text over a number of bytes, before it fills the memory. What counts is the text
 * that jsonb will give back, in which numbers have no exponents.
 */
public final class JsonGate extends Writer {

    private final StringBuilder text = new StringBuilder(128);
    private final int mostBytes;
    private final String limit;
    private int bytes;
    private char high;
    private boolean escaped;
    private int hexDigits;
    private int hexValue;

    /** @param limit says in an error where the number of bytes comes from */
    public JsonGate(int mostBytes, String limit) {
        this.mostBytes = mostBytes;
        this.limit = limit;
    }

    @Override
    public void write(char[] chars, int offset, int length) throws IOException {
        int end = offset + length;
        int at = offset;
        while (at < end) {
            int plain = hexDigits == 0 && !escaped && high == 0 ? plain(chars, at, end) : 0;
            if (plain > 0) {
                count(plain);
                at += plain;
            } else {
                take(chars[at++]);
            }
        }
        text.append(chars, offset, length);
    }

    /** How many characters from here on are ASCII and mean themselves: nearly all of most payloads. */
    private static int plain(char[] chars, int from, int end) {
        int at = from;
        while (at < end && chars[at] < 0x80 && chars[at] != '\\' && chars[at] != 0) {
            at++;
        }
        return at - from;
    }

    private void count(int more) throws IOException {
        bytes += more;
        if (bytes > mostBytes) {
            throw new Refused("exceeds the limit of " + mostBytes + " bytes" + limit);
        }
    }

    private void take(char c) throws IOException {
        if (c < 0x80) {
            count(1);
        } else {
            count(c < 0x800 || Character.isSurrogate(c) ? 2 : 3);
        }
        if (hexDigits > 0) {
            hexValue = (hexValue << 4) | Character.digit(c, 16);
            if (--hexDigits == 0) {
                meaning((char) hexValue);
            }
        } else if (escaped) {
            escaped = false;
            if (c == 'u') {
                hexDigits = 4;
                hexValue = 0;
            } else {
                meaning(c);
            }
        } else if (c == '\\') {
            escaped = true;
        } else {
            meaning(c);
        }
    }

    private void meaning(char c) throws IOException {
        if (c == 0) {
            throw new Refused("contains the character U+0000, which PostgreSQL cannot store");
        }
        if (high != 0) {
            if (!Character.isLowSurrogate(c)) {
                throw loneSurrogate(high);
            }
            high = 0;
        } else if (Character.isHighSurrogate(c)) {
            high = c;
        } else if (Character.isLowSurrogate(c)) {
            throw loneSurrogate(c);
        }
    }

    private static Refused loneSurrogate(char c) {
        return new Refused(String.format("contains the lone surrogate U+%04X", (int) c));
    }

    /** All that was written. */
    public String text() throws IOException {
        if (high != 0) {
            throw loneSurrogate(high);
        }
        String json = text.toString();
        long writtenOut = bytes + Exponents.writtenOut(json);
        if (writtenOut > mostBytes) {
            throw new Refused("has numbers with exponents and exceeds the limit of " + mostBytes
                    + " bytes when PostgreSQL writes them out: " + writtenOut
                    + " bytes. Pass such numbers as strings");
        }
        return json;
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}

    /** The text cannot be stored; the message completes "the payload …". */
    static final class Refused extends IOException {
        private static final long serialVersionUID = 1L;

        Refused(String reason) {
            super(reason);
        }
    }
}
