package io.headrace.testkit.contract;

import static io.headrace.testkit.contract.Draft.job;
import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.JobId;
import io.headrace.spi.ClaimRequest;
import io.headrace.spi.ClaimedJob;
import io.headrace.spi.Payload;
import io.headrace.spi.PayloadRequest;
import io.headrace.spi.Suspicion;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What comes with a claim is short; the rest is read when there is room for it. */
abstract class PayloadContract extends ContractSuite {

    private static final String LONG = "{\"n\":\"" + "麦ab".repeat(20_000) + "\"}";
    /** In UTF-8, whatever white space the store puts in. */
    private static final int LONG_BYTES = LONG.length() + 2 * 20_000;

    private static final long NO_MOST = Long.MAX_VALUE;

    private List<Payload> read(long mostBytes, ClaimedJob... jobs) {
        return await(store().leases()
                .payloads(List.of(jobs).stream()
                        .map(job -> new PayloadRequest(job.id(), mostBytes))
                        .toList()));
    }

    @Test
    void aShortPayloadComesWithItsJob() {
        given(job().payload("\"" + "x".repeat(1_500) + "\"").headers("{\"trace\":\"00-ab\"}"));

        ClaimedJob claimed = claimOne(worker());

        assertThat(claimed.payload()).hasSize(1_502);
        assertThat(claimed.headers()).isEqualToIgnoringWhitespace("{\"trace\":\"00-ab\"}");
        assertThat(claimed.withheldBytes()).isZero();
    }

    @Test
    void aLongPayloadIsWithheldAndReadByItself() {
        given(job().payload(LONG).headers("{\"trace\":\"00-ab\"}"));

        ClaimedJob claimed = claimOne(worker());
        assertThat(claimed.payload()).isNull();
        assertThat(claimed.headers()).isNull();
        assertThat(claimed.withheldBytes()).isPositive();

        assertThat(read(NO_MOST, claimed)).singleElement().satisfies(payload -> {
            assertThat(payload.job()).isEqualTo(claimed.id());
            assertThat(payload.json()).isEqualToIgnoringWhitespace(LONG);
            assertThat(payload.headers()).isEqualToIgnoringWhitespace("{\"trace\":\"00-ab\"}");
            assertThat(payload.bytes()).isBetween((long) LONG_BYTES, LONG_BYTES + 100L);
        });
    }

    /** As of a transformed payload: nothing in Base64 is escaped, cut or changed on its way. */
    @Test
    void aTextInBase64ComesBackCharacterByCharacter() {
        byte[] bytes = new byte[100_000];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i * 7);
        }
        String text = '"' + Base64.getEncoder().encodeToString(bytes) + '"';
        assertThat(text).contains("+", "/", "=");
        JobId id = enqueue(job().payload(text).headers("{\"headrace.transform\":\"gzip,aes-gcm=a/b:c=\"}"));

        assertThat(find(id).payload()).isEqualTo(text);
        assertThat(find(id).payloadTransform()).isEqualTo("gzip,aes-gcm=a/b:c=");
        assertThat(read(NO_MOST, claimOne(worker())))
                .singleElement()
                .satisfies(payload -> assertThat(payload.json()).isEqualTo(text));
    }

    @Test
    void aLongHeaderWithholdsThePayloadAsWell() {
        given(job().headers("{\"trace\":\"" + "x".repeat(10_000) + "\"}"));

        ClaimedJob claimed = claimOne(worker());

        assertThat(claimed.payload()).isNull();
        assertThat(read(NO_MOST, claimed)).singleElement().satisfies(payload -> {
            assertThat(payload.json()).isEqualToIgnoringWhitespace("{\"n\":0}");
            assertThat(payload.headers()).hasSizeGreaterThan(10_000);
        });
    }

    @Test
    void oneThatIsLongerThanAskedForIsAnsweredByItsLength() {
        given(job().payload(LONG));
        ClaimedJob claimed = claimOne(worker());

        assertThat(read(1_000, claimed)).singleElement().satisfies(payload -> {
            assertThat(payload.json()).isNull();
            assertThat(payload.refused()).isNull();
            assertThat(read(payload.bytes(), claimed).get(0).json()).isEqualToIgnoringWhitespace(LONG);
            assertThat(read(payload.bytes() - 1, claimed).get(0).json()).isNull();
        });
    }

    @Test
    void aClaimCanWithholdThemAll() {
        JobId id = enqueue(job());
        ClaimRequest plain = request(worker(), 10);

        ClaimedJob claimed = claim(new ClaimRequest(
                        plain.worker(), plain.queue(), plain.kinds(), plain.limit(), Suspicion.NONE, true))
                .jobs()
                .get(0);

        assertThat(claimed.id()).isEqualTo(id.value());
        assertThat(claimed.payload()).isNull();
        assertThat(claimed.withheldBytes()).isPositive();
        assertThat(read(NO_MOST, claimed))
                .singleElement()
                .satisfies(payload -> assertThat(payload.json()).isEqualToIgnoringWhitespace("{\"n\":0}"));
    }

    @Test
    void severalAreReadTogetherAndAJobThatIsNotThereIsLeftOut() {
        List<JobId> ids = enqueue(Draft.jobs(3, draft -> draft.payload(LONG)));

        List<Payload> payloads = await(store().leases()
                .payloads(List.of(
                        new PayloadRequest(ids.get(2).value(), NO_MOST),
                        new PayloadRequest(ids.get(2).value() + 1_000_000, NO_MOST),
                        new PayloadRequest(ids.get(0).value(), 10))));

        assertThat(payloads)
                .extracting(Payload::job)
                .containsExactlyInAnyOrder(ids.get(2).value(), ids.get(0).value());
        assertThat(payloads).filteredOn(payload -> payload.json() != null).hasSize(1);
    }
}
