package io.headrace.samples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.r2dbc.spi.ConnectionFactoryOptions;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class EmbeddedDatabaseTest {

    @Test
    void nothing_of_it_is_left_when_it_is_closed() throws IOException {
        Path home;
        int port;
        try (EmbeddedDatabase database = EmbeddedDatabase.start()) {
            home = database.home();
            port = (Integer) database.options().getRequiredValue(ConnectionFactoryOptions.PORT);

            assertThat(home).isNotEmptyDirectory();
            connect(port);
        }

        assertThat(home).doesNotExist();
        assertThatThrownBy(() -> connect(port)).isInstanceOf(ConnectException.class);
    }

    private static void connect(int port) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            assertThat(socket.isConnected()).isTrue();
        }
    }
}
