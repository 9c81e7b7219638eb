package io.taskweaver.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskweaver.client.Connection;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Which cluster a command is about, and what is said of that. */
class ClusterOptionsTest {
    private static final Map<String, String> ENVIRONMENT = Map.of(
            "KAFKA_BOOTSTRAP_SERVERS", "environment:9092",
            "KAFKA_SASL_MECHANISM", "PLAIN",
            "TASKWEAVER_REGISTRY_URL", "http://environment",
            "KAFKA_HEAP_OPTS", "");

    @TempDir
    @SuppressWarnings("NullAway.Init") // Set by JUnit.
    private Path folder;

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    @Test
    void options_win_over_the_file_and_the_file_over_the_environment() throws IOException {
        var options = typed(ENVIRONMENT, "--config", file().toString(), "--registry", "http://option");

        var connection = options.connection().orElseThrow();

        assertThat(connection.bootstrap()).isEqualTo("file:9093");
        assertThat(connection.registryUrl()).isEqualTo("http://option");
        assertThat(connection.cluster().admin())
                .containsEntry("security.protocol", "SASL_SSL")
                .containsEntry("sasl.mechanism", "PLAIN");
    }

    @Test
    void what_made_the_connection_is_said() throws IOException {
        typed(ENVIRONMENT, "--config", file().toString()).connection();

        assertThat(said.toString(StandardCharsets.UTF_8))
                .contains("cluster file:9093")
                .contains("--config")
                .contains("KAFKA_SASL_MECHANISM")
                .doesNotContain("KAFKA_BOOTSTRAP_SERVERS");
    }

    @Test
    void the_environment_alone_leaves_a_command_local_and_that_is_said_once() {
        var options = typed(ENVIRONMENT);

        assertThat(options.connection()).isEmpty();
        assertThat(options.connection()).isEmpty();
        assertThat(said.toString(StandardCharsets.UTF_8)).containsOnlyOnce("--cluster");
    }

    @Test
    void the_environment_names_the_cluster_when_asked_to_and_for_an_operators_command() {
        assertThat(typed(ENVIRONMENT, "--cluster").connection().map(Connection::bootstrap))
                .contains("environment:9092");
        assertThat(typed(ENVIRONMENT).operated().registryUrl()).isEqualTo("http://environment");
        assertThatThrownBy(() -> typed(Map.of(), "--cluster").connection())
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("KAFKA_BOOTSTRAP_SERVERS");
        assertThatThrownBy(() -> typed(Map.of()).operated()).hasMessageContaining("No cluster is named");
        assertThatThrownBy(() -> typed(Map.of(), "--bootstrap", "a:1").operated())
                .hasMessageContaining("No schema registry is named");
    }

    @Test
    void a_suggested_command_names_the_same_cluster() throws IOException {
        var file = file();

        assertThat(typed(Map.of(), "--config", file.toString(), "--prefix", "p-")
                        .arguments())
                .isEqualTo(" --config " + file + " --prefix p-");
        assertThat(typed(ENVIRONMENT, "--cluster").arguments()).isEqualTo(" --cluster");
    }

    private Path file() throws IOException {
        var file = Files.writeString(folder.resolve("client.properties"), """
                bootstrap.servers=file:9093
                security.protocol=SASL_SSL
                taskweaver.registry.url=http://file
                """);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    private ClusterOptions typed(Map<String, String> environment, String... arguments) {
        var out = new PrintStream(said, true, StandardCharsets.UTF_8);
        var options = new ClusterOptions(new Surroundings(
                InputStream.nullInputStream(),
                out,
                out,
                false,
                false,
                environment,
                InstantSource.system(),
                Path.of("")));
        new CommandLine(CommandLine.Model.CommandSpec.create()
                        .addMixin("cluster", CommandLine.Model.CommandSpec.forAnnotatedObject(options)))
                .parseArgs(arguments);
        return options;
    }
}
