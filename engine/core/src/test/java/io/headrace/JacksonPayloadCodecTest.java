package io.headrace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.json.JsonMapper;

class JacksonPayloadCodecTest {

    private final PayloadCodec codec = new JacksonPayloadCodec();

    record Corn(String sort, int sacks, Instant reaped) {}

    record Sacks(List<Corn> corn) {}

    private String write(Object payload) {
        StringWriter json = new StringWriter();
        try {
            codec.write(payload, json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return json.toString();
    }

    @Test
    void whatIsWrittenIsReadBack() {
        Sacks sacks = new Sacks(List.of(new Corn("rye", 3, Instant.parse("2026-08-01T00:00:00Z"))));

        assertThat(codec.read(write(sacks), Sacks.class)).isEqualTo(sacks);
    }

    @Test
    void aGenericTypeIsReadAsSuch() throws NoSuchFieldException {
        Type type = Sacks.class.getDeclaredField("corn").getGenericType();

        assertThat(codec.read("[{\"sort\":\"rye\",\"sacks\":3}]", type)).isEqualTo(List.of(new Corn("rye", 3, null)));
    }

    @Test
    void whatANewerProducerAddsIsIgnored() {
        assertThat(codec.read("{\"sort\":\"rye\",\"sacks\":3,\"price\":7}", Corn.class))
                .isEqualTo(new Corn("rye", 3, null));
    }

    @Test
    void whatAPayloadLacksIsNullAndNeverAPrimitive() {
        assertThat(codec.read("{\"sacks\":3}", Corn.class)).isEqualTo(new Corn(null, 3, null));
        assertThatThrownBy(() -> codec.read("{\"sort\":\"rye\"}", Corn.class)).hasMessageContaining("[\"sacks\"]");
    }

    @Test
    void aStrictCodecRefusesWhatTheTypeDoesNotKnowAndNamesIt() {
        PayloadCodec strict = JacksonPayloadCodec.strict();

        assertThat(strict.read("{\"sort\":\"rye\",\"sacks\":3}", Corn.class)).isEqualTo(new Corn("rye", 3, null));
        assertThatThrownBy(() -> strict.read("{\"sort\":\"rye\",\"sacks\":3,\"price\":7}", Corn.class))
                .hasMessageContaining("\"price\"");
    }

    record Told(JobId job, Map<JobId, String> others) {}

    @Test
    void aJobIdIsItsTextBothWaysWhicheverMapperReadsIt() {
        Told told = new Told(new JobId(252_231_624_429_667_328L), Map.of(new JobId(1), "one"));

        assertThat(write(told)).isEqualTo("{\"job\":\"" + told.job() + "\",\"others\":{\"0000000000001\":\"one\"}}");
        assertThat(codec.read(write(told), Told.class)).isEqualTo(told);
        assertThat(new JsonMapper().readValue(write(told), Told.class)).isEqualTo(told);
        assertThat(new JsonMapper().writeValueAsString(told.job()))
                .isEqualTo('"' + told.job().toString() + '"');
        assertThatThrownBy(() -> codec.read("{\"job\":\"nonsense\"}", Told.class))
                .hasMessageContaining("a job id has 13 characters, but this text has 8: 'nonsense'");
    }

    @Test
    void nullIsNoPayload() {
        assertThatThrownBy(() -> codec.read("null", Corn.class)).hasMessage("it is null");
    }

    @RepeatedTest(20)
    void theFirstUseByManyEventLoopsBlocksNone() {
        List<Corn> corn = IntStream.range(0, 200)
                .mapToObj(i -> new Corn("rye", i, Instant.EPOCH))
                .toList();

        List<Object> read = Flux.fromIterable(corn)
                .parallel(4)
                .runOn(Schedulers.parallel())
                .map(this::write)
                .map(json -> codec.read(json, Corn.class))
                .sequential()
                .collectList()
                .block();

        assertThat(read).hasSize(200);
    }
}
