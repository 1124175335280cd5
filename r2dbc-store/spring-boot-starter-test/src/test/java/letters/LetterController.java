package letters;

import io.headrace.JobClient;
import io.headrace.JobId;
import io.headrace.JobSnapshot;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;
import reactor.core.publisher.Mono;

@RestController
class LetterController {

    private final JobClient client;

    LetterController(JobClient client) {
        this.client = client;
    }

    @PostMapping("/letters")
    @ResponseStatus(HttpStatus.ACCEPTED)
    Mono<String> send(@RequestBody Letter letter) {
        return client.enqueue(Letter.SEND.job(letter)).map(enqueued -> enqueued.id() + "\n");
    }

    @GetMapping("/letters/{id}")
    Mono<JobSnapshot> letter(@PathVariable JobId id) {
        return client.find(id).switchIfEmpty(Mono.error(new ResponseStatusException(HttpStatus.NOT_FOUND)));
    }
}
