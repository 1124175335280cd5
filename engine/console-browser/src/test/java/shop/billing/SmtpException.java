package shop.billing;

/** The mail server refused a mail. */
public final class SmtpException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public SmtpException(String message) {
        super(message);
    }
}
