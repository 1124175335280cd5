package io.headrace.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.JobClient;
import io.headrace.JobId;
import io.headrace.JobOperator;
import io.headrace.JobType;
import io.headrace.testkit.InMemoryJobStore;
import io.headrace.testkit.ManualClock;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Lists of jobs over HTTP. */
class JobListTest {

    private static final JobType<Integer> LETTER =
            JobType.of("send-letter", Integer.class).queue("mail");

    private final InMemoryJobStore store = InMemoryJobStore.held(ManualClock.create());
    private final JobClient client = JobClient.create(store);
    private final Api api = Api.of(JobOperator.create(store));

    @Test
    void aListIsReadPageByPage() {
        List<String> ids = IntStream.range(0, 5)
                .mapToObj(i -> client.enqueue(LETTER.job(i)).block().id().toString())
                .toList();
        List<String> seen = new ArrayList<>();
        String cursor = "";
        int pages = 0;
        do {
            JsonNode page = api.get("/jobs?state=pending&limit=2&cursor=" + encoded(cursor))
                    .ok();
            page.path("jobs").forEach(job -> seen.add(job.path("id").asString()));
            cursor = page.path("next").isNull() ? "" : page.path("next").asString();
            pages++;
        } while (!cursor.isEmpty());
        assertThat(seen).containsExactlyInAnyOrderElementsOf(ids);
        assertThat(pages).isGreaterThan(2);
    }

    @ParameterizedTest
    @CsvSource({"queue=mail, 1", "queue=other, 0", "kind=send-letter, 1", "key=ada%2F%3Cb%3E, 1", "state=FAILED, 0"})
    void aFilterNarrowsIt(String filter, int found) {
        client.enqueue(LETTER.job(1).uniqueKey("ada/<b>")).block();
        assertThat(api.get("/jobs?" + filter).ok().path("jobs")).hasSize(found);
    }

    @ParameterizedTest
    @CsvSource({
        "state=ALIVE, state: 'ALIVE' is none of [PENDING",
        "limit=0, limit: 0 is outside 1 to 200",
        "limit=201, limit: 201 is outside 1 to 200",
        "cursor=nonsense, cursor",
        "fingerprint=xyz, fingerprint"
    })
    void whatIsWrongWithAListIsSaid(String query, String detail) {
        assertThat(api.get("/jobs?" + query).problem(400, "INVALID_PARAMETER")).contains(detail);
    }

    @Test
    void aJobThatWaitsIsMadeDue() {
        JobId id =
                client.enqueue(LETTER.job(1).delay(Duration.ofHours(1))).block().id();
        assertThat(api.post("/jobs/" + id + "/run-now").ok().path("due").asBoolean())
                .isTrue();
        assertThat(api.get("/jobs/" + id + "/why").ok().at("/reason/code").asString())
                .isNotEqualTo("NOT_DUE");
        api.post("/jobs/" + id + "/cancel").ok();
        assertThat(api.post("/jobs/" + id + "/run-now").ok().path("due").asBoolean())
                .isFalse();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
