package letters;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.JobClient;
import io.headrace.JobState;
import io.headrace.spring.test.HeadraceTest;
import io.headrace.spring.test.TestJobs;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@HeadraceTest
class PostmanTest {

    @Autowired
    private JobClient client;

    @Autowired
    private TestJobs jobs;

    @Test
    void sendsWhatIsEnqueued() {
        client.enqueue(Letter.SEND.job(new Letter("ada", "hello"))).block();
        assertThat(jobs.payloads(Letter.SEND)).containsExactly(new Letter("ada", "hello"));

        jobs.runDue();

        assertThat(jobs.in(JobState.COMPLETED)).hasSize(1);
    }
}
