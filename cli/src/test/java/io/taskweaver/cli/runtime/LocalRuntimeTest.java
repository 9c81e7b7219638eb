package io.taskweaver.cli.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.taskweaver.wire.files.OwnerFolder;
import io.taskweaver.wire.files.RuntimeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real child processes that behave as the runtime does. */
@Timeout(60)
class LocalRuntimeTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // Set by JUnit.
    Path home;

    private final List<String> busy = new ArrayList<>();

    @BeforeEach
    void buildTheRuntime() throws IOException {
        var jar = settings(OptionalInt.empty()).jar();
        Files.createDirectories(jar.getParent());
        var manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, FakeRuntime.class.getName());
        var name = FakeRuntime.class.getName().replace('.', '/') + ".class";
        try (var out = new JarOutputStream(Files.newOutputStream(jar), manifest);
                var code = FakeRuntime.class.getClassLoader().getResourceAsStream(name)) {
            out.putNextEntry(new JarEntry(name));
            if (code != null) code.transferTo(out);
            out.closeEntry();
        }
    }

    @AfterEach
    void stopIt() {
        LocalRuntime.stop(data());
    }

    private Path data() {
        return home.resolve("data");
    }

    private RuntimeSettings settings(OptionalInt brokerPort) {
        return new RuntimeSettings(
                home,
                data(),
                OptionalInt.empty(),
                brokerPort,
                OptionalInt.empty(),
                Optional.empty(),
                ExecutorChoices.USUAL,
                Map.of());
    }

    private LocalRuntime use(boolean staysUp) {
        return LocalRuntime.use(settings(OptionalInt.empty()), staysUp, busy::add, () -> false);
    }

    private static void awaitEnd(RuntimeFile file) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> ProcessHandle.of(file.pid())
                        .filter(ProcessHandle::isAlive)
                        .isEmpty());
    }

    @Test
    void a_run_starts_the_runtime_and_stops_it_at_its_end() {
        var runtime = use(false);
        assertThat(runtime.wasStarted()).isTrue();
        assertThat(runtime.isAlive()).isTrue();
        assertThat(runtime.file().bootstrap()).isEqualTo("127.0.0.1:1");
        assertThat(runtime.leave(busy::add)).isTrue();
        assertThat(runtime.isAlive()).isFalse();
        assertThat(busy).containsExactly("starting the runtime", "stopping the runtime");
    }

    @Test
    void a_runtime_that_is_up_is_used_and_stays_up_and_a_copy_of_what_it_says_is_worth_nothing() throws IOException {
        use(true).close();
        var copy = home.resolve("copy");
        OwnerFolder.create(copy);
        for (var name : List.of("runtime.json", "runtime.lock")) Files.copy(data().resolve(name), copy.resolve(name));
        assertThat(FoundRuntime.in(data())).isPresent();
        assertThat(FoundRuntime.in(copy)).isEmpty();
        var run = use(false);
        assertThat(run.wasStarted()).isFalse();
        assertThat(run.leave(busy::add)).isFalse();
        assertThat(run.isAlive()).isTrue();
        assertThat(LocalRuntime.stop(data())).isTrue();
        awaitEnd(run.file());
    }

    @Test
    void a_runtime_whose_run_was_killed_is_stopped_by_the_next_run() {
        // Closing without leaving is what the end of a killed process does: its locks go.
        use(false).close();
        var next = use(false);
        assertThat(next.wasStarted()).isFalse();
        assertThat(next.leave(busy::add)).isTrue();
        assertThat(next.isAlive()).isFalse();
    }

    @Test
    void up_keeps_a_runtime_that_a_run_started() {
        use(false).close();
        use(true).close();
        var run = use(false);
        assertThat(run.leave(busy::add)).isFalse();
        assertThat(run.isAlive()).isTrue();
    }

    @Test
    void a_runtime_that_can_not_start_is_told_in_its_own_words() {
        assertThatThrownBy(() -> LocalRuntime.use(settings(OptionalInt.of(1)), false, busy::add, () -> false))
                .isInstanceOfSatisfying(RuntimeProblem.class, problem -> {
                    assertThat(problem).hasMessageContaining("exit code 4");
                    assertThat(problem.details())
                            .containsExactly("Port 1 for the broker is in use.", "Name another with --broker-port.");
                    assertThat(problem.hint()).contains("runtime.log");
                });
    }

    @Test
    void a_file_that_a_dead_runtime_left_does_not_count() throws IOException {
        OwnerFolder.create(data());
        Files.writeString(
                data().resolve("runtime.json"),
                "{\"pid\": 999999999, \"startedAt\": \"2026-03-01T10:00:00Z\", \"bootstrap\": \"127.0.0.1:1\"}");
        assertThat(LocalRuntime.stop(data())).isFalse();
        var runtime = use(false);
        assertThat(runtime.wasStarted()).isTrue();
        runtime.leave(busy::add);
    }

    @Test
    void another_process_with_the_same_number_is_not_taken_for_the_runtime() throws IOException {
        OwnerFolder.create(data());
        Files.writeString(
                data().resolve("runtime.json"),
                "{\"pid\": " + ProcessHandle.current().pid()
                        + ", \"startedAt\": \"2001-03-01T10:00:00Z\", \"bootstrap\": \"127.0.0.1:1\"}");
        assertThat(FoundRuntime.in(data())).isEmpty();
    }

    @Test
    void a_process_whose_command_nobody_knows_is_not_taken_for_the_runtime() throws IOException {
        var unknown = ProcessHandle.allProcesses()
                .filter(process -> process.info().commandLine().isEmpty())
                .findFirst();
        assumeTrue(unknown.isPresent(), "every process here says its command: none was tried");
        assumeTrue(System.getProperty("os.name").equals("Linux"), "only Linux says it of every process of this user");
        OwnerFolder.create(data());
        Files.writeString(
                data().resolve("runtime.json"),
                "{\"pid\": " + unknown.get().pid() + ", \"bootstrap\": \"127.0.0.1:1\"}");
        var holder = holdingTheLock();
        try {
            assertThat(FoundRuntime.in(data())).isEmpty();
        } finally {
            holder.destroyForcibly();
        }
    }

    @Test
    void a_process_that_runs_something_else_is_not_taken_for_the_runtime() throws IOException {
        OwnerFolder.create(data());
        var holder = holdingTheLock();
        try {
            Files.writeString(
                    data().resolve("runtime.json"), "{\"pid\": " + holder.pid() + ", \"bootstrap\": \"127.0.0.1:1\"}");
            assertThat(FoundRuntime.in(data())).isEmpty();
        } finally {
            holder.destroyForcibly();
        }
    }

    /** Another process, for a lock of its own does not keep a process from what it locks. */
    private Process holdingTheLock() throws IOException {
        var program = Files.writeString(data().resolveSibling("Hold.java"), """
                void main(String[] arguments) throws Exception {
                    try (var file = new java.io.RandomAccessFile(arguments[0], "rw")) {
                        file.getChannel().lock();
                        System.out.println("held");
                        System.in.read();
                    }
                }
                """);
        var holder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        program.toString(),
                        data().resolve("runtime.lock").toString())
                .redirectErrorStream(true)
                .start();
        assertThat(holder.inputReader().readLine()).isEqualTo("held");
        assertThat(RuntimeLocks.isHeldByRuntime(data())).isTrue();
        return holder;
    }

    @Test
    void a_runtime_is_told_nothing_of_a_cluster() {
        assertThat(List.of(
                        "KAFKA_SASL_JAAS_CONFIG",
                        "TASKWEAVER_REGISTRY_PASSWORD",
                        "TASKWEAVER_ACCESS_TOKENS",
                        "QUARKUS_OIDC_CREDENTIALS_SECRET",
                        "QUARKUS_HTTP_HOST"))
                .allMatch(RuntimeSettings::isOfCluster);
        assertThat(List.of("TASKWEAVER_REGISTRY_PORT", "CODEGEN_API_TOKEN", "QUARKUS_LOG_LEVEL", "PATH"))
                .noneMatch(RuntimeSettings::isOfCluster);
    }

    @Test
    void a_damaged_file_counts_as_none() throws IOException {
        OwnerFolder.create(data());
        for (var damaged : List.of("", "{", "[]", "{\"pid\": \"x\"}", "{\"pid\": 1}")) {
            Files.writeString(data().resolve("runtime.json"), damaged);
            assertThat(RuntimeFile.read(data())).as(damaged).isEmpty();
        }
    }

    @Test
    void starting_can_be_given_up() {
        assertThatThrownBy(() -> LocalRuntime.use(settings(OptionalInt.empty()), false, busy::add, () -> true))
                .isInstanceOf(RuntimeProblem.class)
                .hasMessageContaining("interrupted");
        // The thread was told so, as after any interruption.
        assertThat(Thread.interrupted()).isTrue();
    }
}
