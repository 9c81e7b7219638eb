package io.taskweaver.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskweaver.client.Connection;
import io.taskweaver.wire.connection.RegistryLogin;
import io.taskweaver.wire.rest.RestAccess;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** Which cluster a command is about, and what is said of that. */
class ClusterOptionsTest {
    private static final Map<String, String> ENVIRONMENT = Map.of(
            "KAFKA_BOOTSTRAP_SERVERS", "environment:9092",
            "KAFKA_SASL_MECHANISM", "PLAIN",
            "KAFKA_CLIENT_ID", "weaver",
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
        assertThat(connection.cluster().admin("test"))
                .containsEntry("security.protocol", "SASL_SSL")
                .containsEntry("client.id", "weaver-test");
    }

    @Test
    void what_made_the_connection_is_said() throws IOException {
        typed(ENVIRONMENT, "--config", file().toString()).connection();

        assertThat(said.toString(StandardCharsets.UTF_8))
                .contains("cluster file:9093")
                .contains("--config")
                .contains("KAFKA_CLIENT_ID of the environment")
                .contains("ignored: KAFKA_SASL_MECHANISM of the environment, which is for environment:9092")
                .doesNotContain("KAFKA_BOOTSTRAP_SERVERS");
    }

    /** What is set for production in the shell does not go to what a file names. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // What the file says               | the environment                                             | the
                // registry's login
                "schema.registry.url=http://dev;basic.auth.user.info=dev:d | TASKWEAVER_REGISTRY_USERNAME=prod;TASKWEAVER_REGISTRY_PASSWORD=p | dev:d",
                "schema.registry.url=http://dev;basic.auth.user.info=dev:d | TASKWEAVER_REGISTRY_URL=http://prod;TASKWEAVER_REGISTRY_USERNAME=prod;TASKWEAVER_REGISTRY_PASSWORD=p | dev:d",
                "schema.registry.url=http://dev | TASKWEAVER_REGISTRY_URL=http://prod;TASKWEAVER_REGISTRY_USERNAME=prod;TASKWEAVER_REGISTRY_PASSWORD=p | ''",
                "taskweaver.registry.username=dev | TASKWEAVER_REGISTRY_URL=http://prod;TASKWEAVER_REGISTRY_PASSWORD=p | dev:",
                "schema.registry.url=http://dev/confluent | TASKWEAVER_REGISTRY_URL=http://dev/apis;TASKWEAVER_REGISTRY_USERNAME=dev;TASKWEAVER_REGISTRY_PASSWORD=d | dev:d",
                "schema.registry.url=http://dev | TASKWEAVER_REGISTRY_USERNAME=any;TASKWEAVER_REGISTRY_PASSWORD=a | any:a"
            })
    void a_login_of_the_registry_goes_with_its_address(String file, String environment, String login)
            throws IOException {
        var cluster = typed(
                        settings(environment),
                        "--config",
                        file("bootstrap.servers=file:9093;" + file).toString())
                .connection()
                .orElseThrow()
                .cluster();

        assertThat(RegistryLogin.of(cluster)
                        .authorization()
                        .map(ClusterOptionsTest::decoded)
                        .orElse(""))
                .isEqualTo(login);
    }

    @Test
    void a_typed_address_takes_no_login_of_a_file_for_another_and_that_is_said() throws IOException {
        var file =
                file("bootstrap.servers=prod:9093;security.protocol=SASL_SSL;sasl.jaas.config=s3cret;sasl.mechanism=PLAIN;"
                                + "taskweaver.registry.url=http://prod;taskweaver.registry.username=prod;"
                                + "taskweaver.context.url=https://prod:8104;taskweaver.access.token=token")
                        .toString();

        var elsewhere = typed(
                        Map.of(),
                        "--config",
                        file,
                        "--bootstrap",
                        "dev:9092",
                        "--registry",
                        "http://dev",
                        "--context-url",
                        "http://dev:8104")
                .connection()
                .orElseThrow()
                .cluster();
        assertThat(elsewhere.values().keySet())
                .containsExactlyInAnyOrder("bootstrap.servers", "taskweaver.registry.url", "taskweaver.context.url");
        assertThat(said.toString(StandardCharsets.UTF_8))
                .contains("sasl.jaas.config", "prod:9093", "taskweaver.registry.username", "taskweaver.access.token")
                .doesNotContain("s3cret");

        var another = typed(Map.of(), "--config", file, "--bootstrap", "prod:9094,prod:9093");
        assertThat(another.connection().orElseThrow().cluster().admin("test"))
                .containsEntry("sasl.jaas.config", "s3cret");
        var login = file("security.protocol=SASL_SSL;sasl.jaas.config=s3cret").toString();
        assertThat(typed(Map.of(), "--config", login, "--bootstrap", "dev:9092")
                        .connection()
                        .orElseThrow()
                        .cluster()
                        .admin("test"))
                .as("a file without an address is for the one that is typed, as with Kafka's own tools")
                .containsEntry("sasl.jaas.config", "s3cret");
    }

    @Test
    void a_token_of_the_file_wins_over_one_of_the_environment_however_each_is_named() throws IOException {
        var token = Files.writeString(folder.resolve("token"), "of-the-file");
        var file = file("bootstrap.servers=file:9093;taskweaver.access.token-file=" + token);

        var cluster = typed(Map.of("TASKWEAVER_ACCESS_TOKEN", "of-the-environment"), "--config", file.toString())
                .connection()
                .orElseThrow()
                .cluster();

        var request = RestAccess.of(cluster.values())
                .request(URI.create("http://localhost"))
                .build();
        assertThat(request.headers().firstValue("Authorization")).contains("Bearer of-the-file");
    }

    private static Map<String, String> settings(String text) {
        return Arrays.stream(text.split(";", -1))
                .map(line -> line.split("=", 2))
                .collect(Collectors.toMap(e -> e[0], e -> e[1]));
    }

    private static String decoded(String authorization) {
        return new String(
                Base64.getDecoder().decode(authorization.substring("Basic ".length())), StandardCharsets.UTF_8);
    }

    private Path file(String settings) throws IOException {
        return Files.writeString(folder.resolve("client.properties"), settings.replace(';', '\n'));
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
        var options = new ClusterOptions(new CommandContext(
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
