package io.taskweaver.runtime.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedBrokerTest {
    @TempDir
    Path folder;

    @Test
    void what_is_produced_is_consumed_and_survives_a_restart() {
        try (var broker = EmbeddedBroker.start(folder)) {
            assertThat(broker.bootstrapServers()).isEqualTo("127.0.0.1:" + broker.port());
            Records.createTopic(broker.clientSettings(), "greetings");
            Records.produce(broker.clientSettings(), "greetings", "hello");
            assertThat(Records.consume(broker.clientSettings(), "greetings", 1)).containsExactly("hello");
        }
        try (var broker = EmbeddedBroker.start(folder)) {
            Records.produce(broker.clientSettings(), "greetings", "again");
            assertThat(Records.consume(broker.clientSettings(), "greetings", 2)).containsExactly("hello", "again");
        }
    }

    @Test
    void a_port_in_use_is_named() {
        try (var broker = EmbeddedBroker.start(folder.resolve("one"))) {
            assertThatThrownBy(() -> EmbeddedBroker.start(folder.resolve("two"), broker.port(), Credential.random()))
                    .isInstanceOf(StartException.PortInUse.class)
                    .hasMessageContaining("Port " + broker.port());
        }
    }

    @Test
    void a_folder_that_another_broker_uses_is_refused() {
        try (var _ = EmbeddedBroker.start(folder)) {
            assertThatThrownBy(() -> EmbeddedBroker.start(folder)).isInstanceOf(StartException.DataFolderInUse.class);
        }
    }

    @Test
    void a_folder_whose_identity_can_not_be_read_is_damaged() throws IOException {
        EmbeddedBroker.start(folder).close();
        Files.write(folder.resolve("broker/meta.properties"), "\\u00zz".getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(() -> EmbeddedBroker.start(folder))
                .isInstanceOf(StartException.DataFolderDamaged.class)
                .hasMessageContaining("meta.properties");
    }

    @Test
    void a_broker_and_a_controller_of_different_clusters_are_refused() throws IOException {
        EmbeddedBroker.start(folder.resolve("one")).close();
        EmbeddedBroker.start(folder.resolve("two")).close();
        Files.copy(
                folder.resolve("two/broker/meta.properties"),
                folder.resolve("one/broker/meta.properties"),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);

        assertThatThrownBy(() -> EmbeddedBroker.start(folder.resolve("one")))
                .isInstanceOf(StartException.DataFolderDamaged.class)
                .hasMessageContaining("different clusters");
    }

    @Test
    void a_folder_that_is_a_file_is_not_writable() throws IOException {
        var file = Files.createFile(folder.resolve("file"));

        assertThatThrownBy(() -> EmbeddedBroker.start(file)).isInstanceOf(StartException.DataFolderNotWritable.class);
    }
}
