package letters;

import io.headrace.spring.HandlesJob;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

@Component
class Postman {

    private static final Logger log = LoggerFactory.getLogger(Postman.class);

    @HandlesJob("send-letter")
    Mono<Void> send(Letter letter) {
        return Mono.fromRunnable(() -> log.info("to {}: {}", letter.to(), letter.text()));
    }
}
