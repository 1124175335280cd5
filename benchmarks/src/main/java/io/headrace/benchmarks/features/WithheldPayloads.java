package io.headrace.benchmarks.features;

import io.headrace.NewJob;
import io.headrace.benchmarks.headrace.Payload;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Payloads that are just too long for a claim to return, so that another statement reads them; compared with payloads that are
 * just short enough. The text is random, because PostgreSQL compresses what repeats itself.
 */
final class WithheldPayloads implements Feature {

    /** A claim returns payloads of up to 2,000 stored bytes. */
    private static final int SHORT_ENOUGH = 1_800;

    private static final int TOO_LONG = 2_200;
    private static final int TEXTS = 64;

    private final String name;
    private final String what;
    private final int bytes;
    private final List<String> texts;

    private WithheldPayloads(String name, String what, int bytes) {
        this.name = name;
        this.what = what;
        this.bytes = bytes;
        this.texts = IntStream.range(0, TEXTS).mapToObj(this::text).toList();
    }

    WithheldPayloads() {
        this("payload_withheld", "a payload of 2,200 bytes, over one of 1,800", TOO_LONG);
    }

    private String text(int seed) {
        return new Random(seed)
                .ints(Payload.fill(bytes).length(), 'A', 'z' + 1)
                .map(c -> c == '\\' ? '/' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String what() {
        return what;
    }

    @Override
    public Feature plain() {
        return new WithheldPayloads("payload_short_enough", "a payload of 1,800 bytes", SHORT_ENOUGH);
    }

    @Override
    public NewJob<Payload> job(NewJob<Payload> plain, int nr) {
        return Payload.job(nr, texts.get(nr % TEXTS));
    }
}
