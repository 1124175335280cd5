package io.headrace;

/**
 * Thrown when a setting of an engine, queue or policy is invalid. A builder throws it from {@code build()}, before
 * anything is started.
 */
public final class InvalidSettingException extends HeadraceException {

    private static final long serialVersionUID = 1L;

    private final String setting;

    public InvalidSettingException(String setting, String reason) {
        super(setting + ": " + reason, null);
        this.setting = setting;
    }

    /** The rejected setting, by the name of the builder's method. */
    public String setting() {
        return setting;
    }
}
