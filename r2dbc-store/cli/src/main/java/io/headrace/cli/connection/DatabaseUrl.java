package io.headrace.cli.connection;

import io.headrace.cli.end.RefusedException;
import io.r2dbc.spi.ConnectionFactoryOptions;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Reads a URL as libpq, R2DBC or JDBC write it. Errors never repeat it: it may contain a password. */
public final class DatabaseUrl {

    private static final String R2DBC = "r2dbc:";
    private static final String JDBC = "jdbc:";
    private static final List<String> SCHEMES = List.of("postgresql://", "postgres://");

    private DatabaseUrl() {}

    /**
     * Reads a URL. The variables say what it leaves out: the user, the password, the database.
     *
     * @throws RefusedException if it cannot be read
     */
    public static Database read(String url, PgVariables variables) {
        String text = url.strip();
        if (text.startsWith(R2DBC)) {
            return ofR2dbc(text, variables);
        }
        String plain = text.startsWith(JDBC) ? text.substring(JDBC.length()) : text;
        return SCHEMES.stream()
                .filter(plain::startsWith)
                .findFirst()
                .map(scheme -> ofLibpq(plain.substring(scheme.length()), variables))
                .orElseThrow(DatabaseUrl::unknown);
    }

    private static RefusedException unknown() {
        return RefusedException.wrongArguments("The database URL must start with postgresql://, r2dbc:postgresql:// or"
                + " jdbc:postgresql://, as in postgresql://user@host:5432/database");
    }

    private static Database ofR2dbc(String url, PgVariables variables) {
        if (!url.startsWith("r2dbc:postgresql:")) {
            throw unknown();
        }
        ConnectionFactoryOptions options;
        try {
            options = ConnectionFactoryOptions.parse(url);
        } catch (IllegalArgumentException e) {
            throw RefusedException.wrongArguments(
                    "The database URL cannot be read. Encode characters such as @, / and #"
                            + " in its user and password, as %40, %2F and %23");
        }
        ConnectionFactoryOptions.Builder whole = options.mutate();
        if (!options.hasOption(ConnectionFactoryOptions.USER)) {
            whole = whole.option(ConnectionFactoryOptions.USER, variables.user());
        }
        String secret = variables.password();
        if (!options.hasOption(ConnectionFactoryOptions.PASSWORD) && secret != null) {
            whole = whole.option(ConnectionFactoryOptions.PASSWORD, secret);
        }
        if (!options.hasOption(ConnectionFactoryOptions.DATABASE)) {
            whole = whole.option(ConnectionFactoryOptions.DATABASE, variables.databaseOr(variables.user()));
        }
        return Target.named(whole.build(), List.of());
    }

    /** What comes after the scheme: {@code user:password@host:port,host:port/database?name=value&name=value}. */
    private static Database ofLibpq(String rest, PgVariables variables) {
        int question = rest.indexOf('?');
        String place = question < 0 ? rest : rest.substring(0, question);
        Parameters parameters = Parameters.of(question < 0 ? "" : rest.substring(question + 1));
        int slash = place.indexOf('/');
        String authority = slash < 0 ? place : place.substring(0, slash);
        int at = authority.lastIndexOf('@');
        String[] account = at < 0 ? new String[0] : authority.substring(0, at).split(":", 2);

        String user = account.length > 0 && !account[0].isEmpty()
                ? decoded(account[0])
                : parameters.takeOr("user", variables.user());
        String named = slash < 0 ? "" : decoded(place.substring(slash + 1));
        String hosts = authority.substring(at + 1);
        Target target = new Target();
        target.hosts(hosts.isEmpty() ? "localhost" : hosts);
        target.user(user);
        target.database(named.isEmpty() ? variables.databaseOr(user) : named);
        String secret = parameters.takeOr("password", account.length > 1 ? decoded(account[1]) : "");
        if (secret.isEmpty()) {
            variables.password(target);
        } else {
            target.password(secret);
        }
        parameters.forEach(target::parameter);
        return target.build();
    }

    static String decoded(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw RefusedException.wrongArguments("The database URL has a % that starts no character, such as %40");
        }
    }
}
