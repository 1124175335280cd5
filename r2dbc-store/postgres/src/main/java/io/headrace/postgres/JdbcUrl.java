package io.headrace.postgres;

import io.headrace.InvalidSettingException;
import io.r2dbc.spi.ConnectionFactoryOptions;
import io.r2dbc.spi.Option;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Where a connection factory connects to, as JDBC says it. */
final class JdbcUrl {

    private static final int DEFAULT_PORT = 5432;

    /** What r2dbc-postgresql calls what JDBC calls otherwise; both mean a file. */
    private static final Map<String, String> FILES =
            Map.of("sslRootCert", "sslrootcert", "sslCert", "sslcert", "sslKey", "sslkey");

    private JdbcUrl() {}

    /** @throws InvalidSettingException if host or database are not among the options */
    static String of(ConnectionFactoryOptions options) {
        Object port = options.getValue(ConnectionFactoryOptions.PORT);
        String[] hosts =
                required(options, "host", ConnectionFactoryOptions.HOST).split(",");
        String servers = hosts.length == 1
                ? hosts[0] + ":" + (port == null ? DEFAULT_PORT : port)
                : Arrays.stream(hosts)
                        .map(host -> host.contains(":") ? host : host + ":" + DEFAULT_PORT)
                        .collect(Collectors.joining(","));
        return "jdbc:postgresql://" + servers + "/"
                + encode(required(options, "database", ConnectionFactoryOptions.DATABASE))
                + parameters(options, hosts.length > 1);
    }

    private static String parameters(ConnectionFactoryOptions options, boolean failover) {
        Map<String, String> parameters = new LinkedHashMap<>();
        Object ssl = options.getValue(ConnectionFactoryOptions.SSL);
        if (ssl != null && !ssl.toString().equals("false")) {
            parameters.put("ssl", "true");
        }
        Object mode = options.getValue(Option.valueOf("sslMode"));
        if (mode != null) {
            // An enum of the driver's, or its name as a URL has it.
            String name = mode.toString().toLowerCase(Locale.ROOT).replace('_', '-');
            parameters.put("sslmode", name.equals("tunnel") ? "require" : name);
            if (name.equals("tunnel")) {
                parameters.put("sslNegotiation", "direct");
            }
        }
        FILES.forEach((theirs, jdbcs) -> {
            Object file = options.getValue(Option.valueOf(theirs));
            if (file != null) {
                parameters.put(jdbcs, file.toString());
            }
        });
        if (failover) {
            // Migrations write.
            parameters.put("targetServerType", "primary");
        }
        return parameters.isEmpty()
                ? ""
                : parameters.entrySet().stream()
                        .map(each -> each.getKey() + "=" + encode(each.getValue()))
                        .collect(Collectors.joining("&", "?", ""));
    }

    private static String required(ConnectionFactoryOptions options, String name, Option<?> option) {
        Object value = options.getValue(option);
        if (value == null) {
            throw new InvalidSettingException(name, "is missing from the connection options");
        }
        return value.toString();
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
