package io.taskweaver.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConnectionFileTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // Set by JUnit.
    private Path folder;

    @Test
    void it_takes_what_kafkas_own_tools_take_and_the_registrys_settings() throws IOException {
        var read = ConnectionFile.read(file("rw-------", """
                # of the operators
                bootstrap.servers=broker:9093
                security.protocol = SASL_SSL
                sasl.jaas.config=a.LoginModule required \\
                    username="weaver" password="s3cret";
                schema.registry.url=https://registry
                basic.auth.user.info=weaver:s3cret
                taskweaver.topic-prefix=prod-
                """));

        assertThat(read.notes()).isEmpty();
        var connection = Connection.of(read.settings());
        assertThat(connection.bootstrap()).isEqualTo("broker:9093");
        assertThat(connection.registryUrl()).isEqualTo("https://registry");
        assertThat(connection.topicPrefix()).isEqualTo("prod-");
        assertThat(connection.cluster().consumer("test", Map.of(), Map.of()))
                .containsEntry("security.protocol", "SASL_SSL")
                .containsEntry("sasl.jaas.config", "a.LoginModule required username=\"weaver\" password=\"s3cret\";");
        assertThat(connection.cluster().serdes()).containsEntry("apicurio.registry.auth.password", "s3cret");
        assertThat(connection).asString().doesNotContain("s3cret");
    }

    @Test
    void what_nobody_knows_and_what_is_said_twice_is_noted() throws IOException {
        var read = ConnectionFile.read(file("rw-------", """
                bootstrap.servers=one:9093
                bootstrap.servers=two:9093
                sasl.mechanisn=PLAIN
                """));

        assertThat(read.settings().bootstrap()).isEqualTo("two:9093");
        assertThat(read.notes())
                .hasSize(2)
                .anyMatch(note -> note.contains("bootstrap.servers more than once"))
                .anyMatch(note -> note.contains("sasl.mechanisn") && note.contains("was sasl.mechanism meant?"));
    }

    @Test
    void secrets_that_others_may_read_are_noted_with_the_remedy() throws IOException {
        assertThat(ConnectionFile.read(file("rw-r--r--", "ssl.key.password=s3cret"))
                        .notes())
                .singleElement()
                .asString()
                .contains("chmod 600")
                .doesNotContain("s3cret");
        assertThat(ConnectionFile.read(file("rw-r--r--", "ssl.key.password=${file:/run/key:it}"))
                        .notes())
                .isEmpty();
        assertThat(ConnectionFile.read(file("rw-r--r--", "bootstrap.servers=broker:9092"))
                        .notes())
                .isEmpty();
    }

    @Test
    void a_file_that_cannot_be_read_is_named() {
        assertThatThrownBy(() -> ConnectionFile.read(folder.resolve("none.properties")))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("none.properties");
        assertThatThrownBy(() -> ConnectionFile.read(folder)).isInstanceOf(InvalidInput.class);
        assertThatThrownBy(() -> ConnectionFile.read(file("rw-------", "a=\\u12")))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("not a properties file");
    }

    private Path file(String modes, String text) throws IOException {
        var file = Files.writeString(folder.resolve("client.properties"), text);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(modes));
    }
}
