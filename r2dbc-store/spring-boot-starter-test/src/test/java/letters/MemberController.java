package letters;

import org.springframework.dao.DuplicateKeyException;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

@RestController
class MemberController {

    private final Members members;

    MemberController(Members members) {
        this.members = members;
    }

    @PutMapping("/members/{name}")
    @ResponseStatus(HttpStatus.CREATED)
    Mono<Void> join(@PathVariable String name) {
        return members.join(name);
    }

    @ExceptionHandler
    @ResponseStatus(HttpStatus.CONFLICT)
    String knownAlready(DuplicateKeyException e) {
        return "a member already\n";
    }
}
