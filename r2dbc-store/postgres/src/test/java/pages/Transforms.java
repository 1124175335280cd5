package pages;

import io.headrace.JobClient;
import io.headrace.JobEngine;
import io.headrace.JobId;
import io.headrace.JobOperator;
import io.headrace.JobOutcome;
import io.headrace.JobType;
import io.headrace.PayloadTransform;
import io.headrace.PayloadTransforms;
import io.headrace.TransformSubject;
import io.headrace.operate.JobRecord;
import io.headrace.spi.JobStore;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import reactor.core.publisher.Mono;

/** The program of docs/payload-transforms.md. */
final class Transforms {

    record Letter(String to, String text) {}

    static final JobType<Letter> SEND = JobType.of("send-letter", Letter.class);

    static final class AesGcm implements PayloadTransform {

        private static final int NONCE_BYTES = 12;
        private static final int TAG_BITS = 128;

        private final SecureRandom random;
        private final Map<String, SecretKey> keys;
        private final String current;

        AesGcm(Map<String, SecretKey> keys, String current) throws NoSuchAlgorithmException {
            // It is seeded here. The default algorithm may read a file each time, which blocks.
            this.random = SecureRandom.getInstance("DRBG");
            random.nextBytes(new byte[NONCE_BYTES]);
            this.keys = Map.copyOf(keys);
            this.current = current;
        }

        @Override
        public String name() {
            return "aes-gcm";
        }

        @Override
        public String keyId(Target target) {
            return current;
        }

        @Override
        public byte[] encode(byte[] json, Context context) throws GeneralSecurityException {
            byte[] nonce = new byte[NONCE_BYTES];
            random.nextBytes(nonce);
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce, context).doFinal(json);
            return ByteBuffer.allocate(nonce.length + sealed.length)
                    .put(nonce)
                    .put(sealed)
                    .array();
        }

        @Override
        public byte[] decode(byte[] stored, Context context) throws GeneralSecurityException {
            ByteBuffer bytes = ByteBuffer.wrap(stored);
            byte[] nonce = new byte[NONCE_BYTES];
            bytes.get(nonce);
            return cipher(Cipher.DECRYPT_MODE, nonce, context).doFinal(stored, NONCE_BYTES, bytes.remaining());
        }

        private Cipher cipher(int mode, byte[] nonce, Context context) throws GeneralSecurityException {
            SecretKey key = keys.get(context.keyId());
            if (key == null) {
                throw new InvalidKeyException("there is no key '" + context.keyId() + "'");
            }
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(context.subject().getBytes(StandardCharsets.UTF_8));
            return cipher;
        }
    }

    record Gzip(int mostBytes) implements PayloadTransform {

        @Override
        public String name() {
            return "gzip";
        }

        @Override
        public byte[] encode(byte[] json, Context context) throws IOException {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
                gzip.write(json);
            }
            return bytes.toByteArray();
        }

        @Override
        public byte[] decode(byte[] stored, Context context) throws IOException {
            try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(stored))) {
                byte[] json = gzip.readNBytes(mostBytes);
                if (gzip.read() >= 0) {
                    throw new IOException("it is longer than " + mostBytes + " bytes");
                }
                return json;
            }
        }
    }

    interface Post {
        Mono<String> send(Letter letter);
    }

    static final PayloadTransform GZIP =
            new Gzip(16 << 20).only(target -> target.content() == TransformSubject.Content.PAYLOAD);

    static JobEngine engine(JobStore store, PayloadTransform aes, Post post) {
        return JobEngine.builder(store)
                .transform(GZIP)
                .transform(aes)
                .subscribe(
                        SEND,
                        job -> job.step("send", String.class, () -> post.send(job.payload()))
                                .map(JobOutcome::complete))
                .build();
    }

    static JobClient client(JobStore store, PayloadTransform aes) {
        return JobClient.builder(store).transform(GZIP).transform(aes).build();
    }

    static Mono<String> send(JobClient client, Letter letter) {
        return client.enqueue(SEND.job(letter)).flatMap(sent -> client.await(sent.id(), String.class));
    }

    static PayloadTransform encryptingSome(PayloadTransform aes) {
        return aes.only(SEND);
    }

    static PayloadTransform rotated(SecretKey old, SecretKey young) throws NoSuchAlgorithmException {
        return new AesGcm(Map.of("2026-10", old, "2026-11", young), "2026-11");
    }

    static Mono<String> payload(JobOperator operator, PayloadTransform aes, JobId id) {
        PayloadTransforms transforms = PayloadTransforms.of(List.of(GZIP, aes));
        return operator.find(id).map(transforms::decode);
    }

    static Mono<JobRecord> record(JobOperator operator, PayloadTransform aes, JobId id) {
        PayloadTransforms transforms = PayloadTransforms.of(List.of(GZIP, aes));
        return operator.record(id).map(record -> record.withValues(transforms::decodeValue));
    }
}
