package letters;

import io.headrace.JobType;

record Letter(String to, String text) {

    static final JobType<Letter> SEND = JobType.of("send-letter", Letter.class);
}
