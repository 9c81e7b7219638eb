package io.taskweaver.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskweaver.runtime.embedded.Loopback;
import io.taskweaver.runtime.embedded.StartException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PortsTest {
    @TempDir
    Path folder;

    private final List<String> notes = new ArrayList<>();

    @Test
    void ports_are_chosen_once_and_kept_over_restarts() throws IOException {
        var first = choose(Map.of());

        assertThat(List.of(first.http(), first.broker(), first.registry()))
                .doesNotHaveDuplicates()
                .as("below those that outgoing connections get, which come and go until the servers listen")
                .allMatch(port -> port >= 20_000 && port < 30_000);
        assertThat(choose(Map.of())).isEqualTo(first);
        assertThat(notes).isEmpty();
    }

    @Test
    void a_port_that_another_program_took_meanwhile_is_replaced_for_good_and_both_are_said() throws IOException {
        var first = choose(Map.of());
        Ports second;
        try (var _ = new ServerSocket(first.broker(), 1, InetAddress.ofLiteral("127.0.0.1"))) {
            second = choose(Map.of());
        }

        assertThat(second.broker()).isNotEqualTo(first.broker());
        assertThat(second.http()).isEqualTo(first.http());
        assertThat(notes)
                .singleElement()
                .asString()
                .contains("broker", String.valueOf(first.broker()), String.valueOf(second.broker()));
        assertThat(choose(Map.of())).isEqualTo(second);
    }

    @Test
    void a_port_that_is_set_is_kept_from_then_on_and_refused_if_it_is_taken() throws IOException {
        int set = Loopback.freePort("test", 0);
        var setting = Map.of("taskweaver.broker.port", String.valueOf(set));

        assertThat(choose(setting).broker()).isEqualTo(set);
        assertThat(choose(Map.of()).broker()).isEqualTo(set);
        try (var _ = new ServerSocket(set, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            assertThatThrownBy(() -> choose(setting))
                    .isInstanceOf(StartException.PortInUse.class)
                    .hasMessageContaining("broker")
                    .hasMessageContaining(String.valueOf(set));
        }
    }

    @Test
    void a_file_of_ports_that_was_damaged_is_made_anew() throws IOException {
        Files.writeString(folder.resolve("ports"), "broker=-5\nservices=many\nregistry");

        assertThat(choose(Map.of()).broker()).isPositive();
    }

    private Ports choose(Map<String, String> set) throws IOException {
        var properties = new Properties();
        properties.putAll(set);
        return Ports.choose(folder, Settings.of(properties, Map.of()), notes::add);
    }
}
