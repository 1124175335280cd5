package shop.billing;

import reactor.core.publisher.Mono;

/** Sends mails, unless the mail server is out of order. Thread-safe. */
public final class Mailer {

    private volatile boolean isWorking = true;

    /** Sets whether mails arrive. */
    public void works(boolean working) {
        isWorking = working;
    }

    /** Sends a mail. */
    public Mono<Void> send(String mail) {
        return isWorking ? Mono.empty() : Mono.error(refused());
    }

    private static SmtpException refused() {
        return new SmtpException("421 too many connections from 10.2.0.7");
    }
}
