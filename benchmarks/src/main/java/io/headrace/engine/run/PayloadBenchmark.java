package io.headrace.engine.run;

import io.headrace.JacksonPayloadCodec;
import io.headrace.Job;
import io.headrace.JobRun;
import io.headrace.JobType;
import io.headrace.NewJob;
import io.headrace.PayloadTransforms;
import io.headrace.RetryPolicy;
import io.headrace.engine.client.JobEncoder;
import io.headrace.engine.lease.LeaseBook;
import io.headrace.engine.lease.LeaseHolder;
import io.headrace.engine.lease.LeasedJob;
import io.headrace.spi.ClaimedJob;
import io.headrace.spi.EncodedJob;
import io.headrace.spi.Suspicion;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.NullMarked;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** A payload of some 67 bytes to checked JSON on the way in, and to an object on the way out, as every job's is. */
@NullMarked
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class PayloadBenchmark {

    private static final JobType<Errand> ERRAND = JobType.of("errand", Errand.class);
    private static final String QUEUE = "default";
    private static final RetryPolicy POLICY = RetryPolicy.defaults();
    private static final int MIB = 1 << 20;

    private final JobEncoder encoder = new JobEncoder(new JacksonPayloadCodec(), PayloadTransforms.NONE, MIB, null);
    private final JobDecoder decoder = new JobDecoder(new JacksonPayloadCodec(), PayloadTransforms.NONE);
    private final NewJob<Errand> job = ERRAND.job(new Errand(123_456, "from the mill to the market and back again"));
    private final LeasedJob leased = new LeasedJob(
            new ClaimedJob(1, 1L << 40, ERRAND.kind(), 5, 1, encoder.encode(job).payload(), null, null, null, 0),
            new LeaseBook().hold(1),
            new Holder(),
            0,
            Suspicion.NONE);

    private static final class Holder implements LeaseHolder {

        @Override
        public String queue() {
            return QUEUE;
        }

        @Override
        public Runnable settled(List<LeasedJob> jobs) {
            return () -> {};
        }

        @Override
        public void dueIn(Duration delay) {}
    }

    /** What is to be done. */
    public record Errand(int number, String way) {}

    @Benchmark
    public EncodedJob write() {
        return encoder.encode(job);
    }

    @Benchmark
    public Job<Errand> read() {
        return decoder.decode(leased, ERRAND, POLICY, JobRun.DETACHED);
    }
}
