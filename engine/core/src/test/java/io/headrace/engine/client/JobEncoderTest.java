package io.headrace.engine.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.headrace.InvalidJobException;
import io.headrace.JacksonPayloadCodec;
import io.headrace.JobType;
import io.headrace.NewJob;
import io.headrace.PayloadTransform;
import io.headrace.PayloadTransforms;
import io.headrace.UnknownKindException;
import io.headrace.spi.EncodedJob;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.util.RawValue;

class JobEncoderTest {

    private static final JobType<Object> ANY = JobType.of("grind", Object.class);

    private final JobEncoder encoder = new JobEncoder(new JacksonPayloadCodec(), PayloadTransforms.NONE, 1_000, null);

    record Corn(String sort, int sacks) {}

    record Tick() {}

    /** JSON as it comes. */
    record Raw(RawValue json) {
        Raw(String json) {
            this(new RawValue(json));
        }
    }

    /** Nothing that Jackson could write. */
    static final class Opaque {}

    static Stream<Arguments> refusals() {
        List<Object> itself = new ArrayList<>();
        itself.add(itself);
        return Stream.of(
                Arguments.of("the limit of 1000 bytes", "x".repeat(1_000)),
                Arguments.of("the limit of 1000 bytes", "ß".repeat(500)),
                Arguments.of("U+0000", "a\0b"),
                Arguments.of("U+0000", Map.of("\0", 1)),
                Arguments.of("lone surrogate U+D83D", "half \uD83D a face"),
                Arguments.of("lone surrogate U+D83D", Map.of("a", "\uD83D", "b", 1)),
                Arguments.of("lone surrogate U+DE00", "other half \uDE00"),
                Arguments.of("cannot be written as JSON", new Opaque()),
                Arguments.of("cannot be written as JSON", itself));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refusals")
    void aPayloadThatCannotBeStoredIsRefusedByName(String reason, Object payload) {
        assertThatExceptionOfType(InvalidJobException.class)
                .isThrownBy(() -> encoder.encode(ANY.job(payload)))
                .withMessageContaining("payload: of kind 'grind'")
                .withMessageContaining(reason);
    }

    @Test
    void aPayloadOverTheLimitIsRefusedBeforeItIsWritten() {
        assertThatExceptionOfType(InvalidJobException.class)
                .isThrownBy(() ->
                        encoder.encode(ANY.job(Stream.generate(() -> "again").iterator())))
                .withMessageContaining("the limit of 1000 bytes");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"1e1000", "1E+1000", "[-1.5e999]", "1e-1000", "0.1e-999", "{\"a\\\"1\":\"1e9\",\"b\":12e998}"})
    void aNumberCountsAsItIsWrittenOut(String json) {
        assertThatExceptionOfType(InvalidJobException.class)
                .isThrownBy(() -> encoder.encode(ANY.job(new Raw(json))))
                .withMessageContaining("payload: of kind 'grind'")
                .withMessageContaining("the limit of 1000 bytes when PostgreSQL writes them out");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e900", "\"1e1000\"", "[\"a3e4000\",\"\\\"1e2000\"]", "123456e-5", "1e-900", "12.5e1"})
    void whatFitsWrittenOutIsTaken(String json) {
        assertThat(encoder.encode(ANY.job(new Raw(json))).payload()).isEqualTo("{\"json\":" + json + "}");
    }

    @Test
    void headersAreCheckedAlike() {
        assertThatExceptionOfType(InvalidJobException.class)
                .isThrownBy(() -> encoder.encode(ANY.job("x").header("trace", "a\0")))
                .satisfies(e -> assertThat(e.field()).isEqualTo("headers"));
    }

    @Test
    void whatIsNotTheCharacterNulIsTaken() {
        assertThat(encoder.encode(ANY.job("\\u0000")).payload()).isEqualTo("\"\\\\u0000\"");
        assertThat(encoder.encode(ANY.job("\uD83D\uDE00")).payload()).isEqualTo("\"\uD83D\uDE00\"");
        assertThat(encoder.encode(ANY.job("\u0001")).payload()).isEqualTo("\"\\u0001\"");
    }

    @Test
    void aRecordWithoutComponentsIsAPayload() {
        assertThat(encoder.encode(ANY.job(new Tick())).payload()).isEqualTo("{}");
    }

    @Test
    void aJobIsEncodedAsItWasMade() {
        NewJob<Corn> job = JobType.of("mill", Corn.class)
                .job(new Corn("rye", 3))
                .queue("north")
                .priority(2)
                .maxAttempts(7)
                .uniqueKey("rye-3")
                .header("trace", "00-ab");

        EncodedJob encoded = encoder.encode(job);

        assertThat(encoded.payload()).isEqualTo("{\"sort\":\"rye\",\"sacks\":3}");
        assertThat(encoded.headers()).isEqualTo("{\"trace\":\"00-ab\"}");
        assertThat(encoded.queue()).isEqualTo("north");
        assertThat(encoded.priority()).isEqualTo(2);
        assertThat(encoded.maxAttempts()).isEqualTo(7);
        assertThat(encoded.uniqueKey()).isEqualTo("rye-3");
    }

    @Test
    void aKindWithoutAHandlerIsRefusedWhereHandlersAreKnown() {
        JobEncoder strict = new JobEncoder(new JacksonPayloadCodec(), PayloadTransforms.NONE, 1_000, Set.of("sift"));

        assertThatExceptionOfType(UnknownKindException.class)
                .isThrownBy(() -> strict.encode(ANY.job("x")))
                .withMessageContaining("'grind'")
                .withMessageContaining("[sift]")
                .satisfies(e -> assertThat(e.kind()).isEqualTo("grind"));
    }

    /** Makes payloads longer or shorter: as many bytes as it says. */
    private record Resizing(int bytes) implements PayloadTransform {
        @Override
        public String name() {
            return "resizing";
        }

        @Override
        public byte[] encode(byte[] payload, Context context) {
            return new byte[bytes];
        }

        @Override
        public byte[] decode(byte[] stored, Context context) {
            return stored;
        }
    }

    private static JobEncoder resizing(int bytes) {
        return new JobEncoder(
                new JacksonPayloadCodec(), PayloadTransforms.of(List.of(new Resizing(bytes))), 1_000, null);
    }

    @Test
    void ofATransformedPayloadTheLimitCountsWhatIsStored() {
        assertThat(resizing(747).encode(ANY.job("x".repeat(10_000))).payload()).hasSize(998);

        assertThatExceptionOfType(InvalidJobException.class)
                .isThrownBy(() -> resizing(750).encode(ANY.job("x")))
                .withMessageContaining(
                        "payload: of kind 'grind' has 1002 bytes as it is stored, transformed by 'resizing'")
                .withMessageContaining("the limit of 1000 bytes");
    }

    @Test
    void whatIsEndlessIsRefusedBeforeItIsTransformed() {
        assertThatExceptionOfType(InvalidJobException.class)
                .isThrownBy(() -> resizing(1)
                        .encode(ANY.job(Stream.generate(() -> "again").iterator())))
                .withMessageContaining("the limit of 16000 bytes");
    }

    @Test
    void whatJsonbRefusesIsRefusedBeforeItIsTransformed() {
        assertThatExceptionOfType(InvalidJobException.class)
                .isThrownBy(() -> resizing(1).encode(ANY.job("half \uD83D a face")))
                .withMessageContaining("lone surrogate U+D83D");
    }

    @Test
    void theHeadersOfATransformedJobHaveOneMore() {
        EncodedJob encoded = resizing(3).encode(ANY.job("x").header("trace", "00-ab"));

        assertThat(encoded.payload()).isEqualTo("\"AAAA\"");
        assertThat(encoded.headers()).isEqualTo("{\"trace\":\"00-ab\",\"headrace.transform\":\"resizing\"}");
    }
}
