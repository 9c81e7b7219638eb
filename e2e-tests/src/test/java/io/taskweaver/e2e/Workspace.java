package io.taskweaver.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.taskweaver.runtime.embedded.Loopback;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A folder of its own in which commands are typed, with all that they start. Closing it ends whatever still runs. */
final class Workspace implements AutoCloseable {
    static final ObjectMapper JSON = new ObjectMapper();
    static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();

    private static final String SIMULATOR_TOKEN = "token-of-the-workspace";
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Path dir;
    private final Path home;
    private final Map<String, String> environment = new HashMap<>();
    private final List<Process> started = new ArrayList<>();

    Workspace(Path dir) {
        this(dir, PROJECT);
    }

    /** @param home folder that TaskWeaver lies in */
    Workspace(Path dir, Path home) {
        this.dir = dir;
        this.home = home;
        // Known here, so that executors beside the runtime know it too, over its restarts.
        environment.put("TASKWEAVER_SIMULATOR_TOKEN", SIMULATOR_TOKEN);
        // Scripts of most tests note beside their work tree what they did; those of sandboxes turn it on.
        environment.put("TASKWEAVER_EXECUTOR_SANDBOX", "off");
    }

    Path dir() {
        return dir;
    }

    /** The output of a finished command. */
    record Finished(int exitCode, String output) {}

    /** Sets an environment variable for the commands that follow. */
    Workspace with(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /** A document in the workspace. */
    Path document(String name, String text) {
        try {
            return Files.writeString(dir.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Describes the agent {@code mine}: a script of bash, whose first argument is the task. */
    Workspace agent(String script) throws IOException {
        var agents = Files.createDirectories(dir.resolve("agents"));
        var file = Files.writeString(agents.resolve("mine.sh"), script);
        Files.writeString(agents.resolve("mine.yaml"), """
                about: a line of bash
                command: [bash, "%s", "{task}"]
                stdin: "{prompt}"
                """.formatted(file));
        return with("TASKWEAVER_EXECUTOR_AGENTS", agents.toString());
    }

    /** Types a command and waits for its end. */
    Finished taskweaver(String... arguments) throws IOException, InterruptedException {
        var command = start(arguments);
        if (!command.process().waitFor(5, TimeUnit.MINUTES)) {
            kill(command.process());
            throw new AssertionError("did not end within 5 minutes: " + List.of(arguments) + "\n" + command.output());
        }
        return new Finished(command.process().exitValue(), command.output());
    }

    /** A command that may still run. */
    record Running(Process process, Path log) {
        String output() throws IOException {
            return Files.readString(log);
        }
    }

    /** Types a command and does not wait. */
    Running start(String... arguments) throws IOException {
        var line = new ArrayList<>(List.of(home.resolve("taskweaver").toString()));
        line.addAll(List.of(arguments));
        return start(line);
    }

    /** Starts any program in the workspace. */
    Running start(List<String> line) throws IOException {
        return start(line, Map.of(), dir);
    }

    private Running start(List<String> line, Map<String, String> variables, Path folder) throws IOException {
        var log = Files.createTempFile(dir, "command-", ".log");
        var builder = new ProcessBuilder(line)
                .directory(folder.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("CODEGEN_") || name.startsWith("TASKWEAVER_"));
        // The build that runs these tests has just built what they use.
        builder.environment().put("TASKWEAVER_BUILD", "never");
        builder.environment().put("TASKWEAVER_JAVA_HOME", System.getProperty("java.home"));
        builder.environment().putAll(environment);
        builder.environment().putAll(variables);
        var process = builder.start();
        started.add(process);
        return new Running(process, log);
    }

    /**
     * Makes sure that a secret is in no file of the workspace, and in no event. Events lie compressed on the disk, so that
     * they are read as a user reads them.
     *
     * @param but files in which the test itself wrote it
     */
    void assertNowhere(String secret, Path... but) throws IOException, InterruptedException {
        var own = java.util.Set.of(but);
        try (var files = Files.walk(dir)) {
            for (var file : files.filter(Files::isRegularFile).toList())
                if (!own.contains(file))
                    assertThat(Files.readString(file, StandardCharsets.ISO_8859_1)
                                    .contains(secret))
                            .as("%s holds the secret", file)
                            .isFalse();
        }
        var up = taskweaver("up");
        assertThat(up.exitCode()).as(up.output()).isZero();
        var events = taskweaver("events", "--once");
        assertThat(events.exitCode()).as(events.output()).isZero();
        assertThat(events.output()).contains("task-ready").doesNotContain(secret);
        assertThat(taskweaver("status").output()).doesNotContain(secret);
    }

    /** Starts an executor of its own, which finds the runtime where it is now. */
    Process executor(String name, int slots) throws IOException {
        return executor(name, slots, broker(), runtime("http"));
    }

    /** Starts an executor of its own on a cluster, with the registry and the simulated agent of the runtime. */
    Process executor(String name, int slots, Map<String, String> broker, String contextUrl) throws IOException {
        return service(
                "executor-service",
                0,
                broker,
                "-Dtaskweaver.context.url=" + contextUrl,
                "-Dtaskweaver.access.token-file=" + dir.resolve(".taskweaver/token"),
                "-Dtaskweaver.agent.simulated.url=" + runtime("simulator"),
                "-Dtaskweaver.executor.id=" + name,
                "-Dtaskweaver.executor.enabled=true",
                "-Dtaskweaver.executor.slots=" + slots);
    }

    /**
     * Starts an executor on a machine of its own, which has copies of the runtime's secrets.
     *
     * @param machine its folder {@code kept} has the secrets, and {@code agents} its agents
     */
    Process executorOn(OwnMachine machine, String name, int slots) throws IOException {
        for (var door : machine.doors())
            if (!Files.exists(machine.folder().resolve(door.get(1).split("[:,]")[1]))) start(door);
        var kept = machine.folder().resolve("kept");
        var line = machine.line(serviceLine(
                "executor-service",
                0,
                "-Dtaskweaver.context.url=" + runtime("http"),
                "-Dtaskweaver.access.token-file=" + kept.resolve("token"),
                "-Dtaskweaver.ticket.key-file=" + kept.resolve("ticket.key"),
                "-Dtaskweaver.executor.code=" + kept.resolve("code"),
                "-Dtaskweaver.executor.work=" + kept.resolve("work"),
                "-Dtaskweaver.executor.agents=" + machine.folder().resolve("agents"),
                "-Dtaskweaver.executor.id=" + name,
                "-Dtaskweaver.executor.enabled=true",
                // Its successor is always on the way, however slow the machine that plays all of them.
                "-Dtaskweaver.executor.machine-wait=PT5M",
                "-Dtaskweaver.executor.slots=" + slots));
        return start(line, serviceVariables(broker()), machine.folder()).process();
    }

    /** Starts a service as a process of its own on a cluster, with the registry of the runtime. */
    Process service(String module, int httpPort, Map<String, String> broker, String... properties) throws IOException {
        return start(serviceLine(module, httpPort, properties), serviceVariables(broker), dir)
                .process();
    }

    private List<String> serviceLine(String module, int httpPort, String... properties) {
        var line = new ArrayList<>(List.of(
                java(),
                "-Xmx200m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dtaskweaver.registry.url=" + runtime("registry"),
                "-Dtaskweaver.planner.state-dir=" + dir.resolve(module),
                "-Dtaskweaver.context-service.state-dir=" + dir.resolve(module),
                "-Dtaskweaver.ticket.key-file=" + dir.resolve(".taskweaver/ticket.key"),
                "-Dquarkus.http.port=" + httpPort));
        line.addAll(List.of(properties));
        line.addAll(List.of(
                "-jar",
                PROJECT.resolve(module + "/target/quarkus-app/quarkus-run.jar").toString()));
        return line;
    }

    private Map<String, String> serviceVariables(Map<String, String> broker) {
        // By variables: everybody on the machine may read a command line.
        var variables = new HashMap<String, String>();
        broker.forEach((name, value) ->
                variables.put("KAFKA_" + name.toUpperCase(Locale.ROOT).replace('.', '_'), value));
        variables.put("TASKWEAVER_AGENT_SIMULATED_TOKEN", SIMULATOR_TOKEN);
        variables.put("TASKWEAVER_REGISTRY_USERNAME", clientSetting("apicurio.registry.auth.username"));
        variables.put("TASKWEAVER_REGISTRY_PASSWORD", clientSetting("apicurio.registry.auth.password"));
        return variables;
    }

    /** The settings that the runtime wrote for programs of the user's own. */
    Path clientProperties() {
        return dir.resolve(".taskweaver/client.properties");
    }

    String clientSetting(String name) {
        var settings = new Properties();
        try (var reader = Files.newBufferedReader(clientProperties())) {
            settings.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return settings.getProperty(name);
    }

    /** Settings of the runtime's Kafka clients. */
    Map<String, String> broker() {
        var settings = new HashMap<String, String>();
        for (var name : List.of("bootstrap.servers", "security.protocol", "sasl.mechanism", "sasl.jaas.config"))
            settings.put(name, clientSetting(name));
        return settings;
    }

    static int freePort() {
        return freePorts(1).getFirst();
    }

    /** Ports that are free now, no two the same. */
    static List<Integer> freePorts(int number) {
        var ports = new LinkedHashSet<Integer>();
        while (ports.size() < number) ports.add(Loopback.freePort("test", 0));
        return List.copyOf(ports);
    }

    /** kill -9 of the runtime and what it started: broker, registry, planner, interface and context service. */
    void killRuntime() {
        runtime()
                .map(found -> found.path("pid").asLong())
                .flatMap(ProcessHandle::of)
                .ifPresent(Workspace::killTree);
    }

    static String java() {
        return ProcessHandle.current().info().command().orElseThrow();
    }

    /** What the runtime of this workspace says of itself, if one runs. */
    Optional<JsonNode> runtime() {
        var file = dir.resolve(".taskweaver/runtime.json");
        try {
            return Files.exists(file) ? Optional.of(JSON.readTree(file.toFile())) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty(); // it is replaced or removed at this moment
        }
    }

    /** The same as a fact. */
    String runtime(String field) {
        return runtime().orElseThrow().path(field).asText();
    }

    /** The registry's process, below the runtime's, if it runs. */
    Optional<ProcessHandle> registry() {
        return runtime()
                .map(found -> found.path("pid").asLong())
                .flatMap(ProcessHandle::of)
                .flatMap(runtime -> runtime.children().findFirst());
    }

    /** kill -9 of everything that was started here: commands, the runtime, the registry. */
    void killEverything() throws InterruptedException {
        killRuntime();
        for (var process : started) kill(process);
        started.clear();
    }

    static void kill(Process process) throws InterruptedException {
        killTree(process.toHandle());
        process.waitFor();
    }

    /**
     * Kills a process with all below it, as a machine that loses its power would: at one moment. So agents' commands are
     * stopped first, and a script that is about to note the end of its command is let do so.
     */
    private static void killTree(ProcessHandle root) {
        var below = root.descendants().toList();
        var commands = below.stream().filter(process -> !isScript(process)).toList();
        signal("STOP", commands);
        for (var script : below) {
            boolean notesEnd = isScript(script) && script.children().findAny().isEmpty();
            if (notesEnd) script.onExit().orTimeout(30, TimeUnit.SECONDS).join();
        }
        var all = Stream.concat(Stream.of(root), below.stream()).toList();
        all.forEach(ProcessHandle::destroyForcibly);
        all.forEach(one -> one.onExit().orTimeout(30, TimeUnit.SECONDS).join());
    }

    /** Whether it is the script that runs an agent's command and notes its exit code. */
    private static boolean isScript(ProcessHandle process) {
        return process.info()
                .arguments()
                .filter(arguments -> List.of(arguments).contains("taskweaver-run"))
                .isPresent();
    }

    private static void signal(String name, List<ProcessHandle> processes) {
        if (processes.isEmpty()) return;
        var command = new ArrayList<>(List.of("kill", "-" + name));
        for (var process : processes) command.add(Long.toString(process.pid()));
        try {
            new ProcessBuilder(command).redirectErrorStream(true).start().waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** How often the simulated agent was asked to create each attempt, over all its lives. Needs a running runtime. */
    Map<String, Integer> creations() throws IOException, InterruptedException {
        var counts = new TreeMap<String, Integer>();
        get(runtime("simulator") + "/simulator/creations", "Bearer " + SIMULATOR_TOKEN)
                .properties()
                .forEach(entry -> counts.put(entry.getKey(), entry.getValue().asInt()));
        return counts;
    }

    /** What the runtime's REST API answers to its owner. */
    JsonNode rest(String path) throws IOException, InterruptedException {
        var token = Files.readString(dir.resolve(".taskweaver/token")).strip();
        return get(
                HttpRequest.newBuilder(URI.create(runtime("http") + path)).header("Authorization", "Bearer " + token));
    }

    /** Sends a body to the runtime's REST API, which has to accept it. */
    void post(String path, String body) throws IOException, InterruptedException {
        var token = Files.readString(dir.resolve(".taskweaver/token")).strip();
        var request = HttpRequest.newBuilder(URI.create(runtime("http") + path))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .timeout(Duration.ofSeconds(20))
                .build();
        var response = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 202)
            throw new AssertionError(path + " -> " + response.statusCode() + " " + response.body());
    }

    static JsonNode get(String url) throws IOException, InterruptedException {
        return get(HttpRequest.newBuilder(URI.create(url)));
    }

    static JsonNode get(String url, String authorization) throws IOException, InterruptedException {
        return get(HttpRequest.newBuilder(URI.create(url)).header("Authorization", authorization));
    }

    private static JsonNode get(HttpRequest.Builder asking) throws IOException, InterruptedException {
        var request = asking.timeout(Duration.ofSeconds(20)).build();
        var response = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 200)
            throw new AssertionError(request.uri() + " -> " + response.statusCode() + " " + response.body());
        return JSON.readTree(response.body());
    }

    @Override
    public void close() throws InterruptedException {
        killEverything();
    }
}
