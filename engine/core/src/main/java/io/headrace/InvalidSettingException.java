package io.headrace;

/** A setting of an engine, queue or policy that cannot be. Thrown by {@code build()}; nothing has been started. */
public final class InvalidSettingException extends HeadraceException {

    private static final long serialVersionUID = 1L;

    private final String setting;

    public InvalidSettingException(String setting, String reason) {
        super(setting + ": " + reason, null);
        this.setting = setting;
    }

    /** The setting that was refused, as the builder's method is called. */
    public String setting() {
        return setting;
    }
}
