package io.taskweaver.containers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.Volume;
import io.taskweaver.client.Connection;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.startupcheck.OneShotStartupCheckStrategy;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * Kafka and a registry in a network, their data in volumes that outlive the containers, topics and schemas made by the image
 * of the command line; and our images beside them, as hardened as {@code docker-compose.yml} has them.
 */
final class Cluster implements AutoCloseable {
    static final String TOKEN = "token-of-the-tests-of-images";

    private static final String SIMULATOR_TOKEN = "token-of-the-simulated-agent";
    private static final int REGISTRY_PORT = 8080;
    private static final Duration TIMEOUT = Duration.ofMinutes(3);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Network network = Network.builder()
            .createNetworkCmdModifier(command -> command.withLabels(Leftovers.labels()))
            .build();
    private final String kafkaData = volume();
    private final String registryData = volume();
    private final List<GenericContainer<?>> ours = new ArrayList<>();
    private KafkaContainer kafka;
    private GenericContainer<?> registry;

    private Cluster(DockerImageName kafkaImage, DockerImageName registryImage) {
        kafka = kafkaOf(kafkaImage);
        registry = registryOf(registryImage);
    }

    /** Starts broker and registry, and makes topics and schemas. */
    static Cluster start(DockerImageName kafkaImage, DockerImageName registryImage) {
        Leftovers.remove();
        var cluster = new Cluster(kafkaImage, registryImage);
        try {
            cluster.startServers();
            cluster.applyTopics();
            return cluster;
        } catch (RuntimeException e) {
            cluster.close();
            throw e;
        }
    }

    /** Replaces broker and registry by other images on the same data. */
    void replaceServers(DockerImageName kafkaImage, DockerImageName registryImage) {
        stop(kafka);
        stop(registry);
        kafka = kafkaOf(kafkaImage);
        registry = registryOf(registryImage);
        startServers();
        applyTopics();
    }

    /** How a client on this machine reaches it. */
    Connection connection(String contextUrl) {
        return new Connection(
                kafka.getBootstrapServers(),
                "http://" + registry.getHost() + ":" + registry.getMappedPort(REGISTRY_PORT) + "/apis/registry/v3",
                contextUrl,
                "",
                Map.of("taskweaver.access.token", TOKEN));
    }

    Connection connection() {
        return connection(Connection.DEFAULT_CONTEXT);
    }

    /** Starts one of the services and returns when its own health check is content. */
    GenericContainer<?> service(String name, int port) {
        var service = new GenericContainer<>(Images.of(name + "-service"))
                .withNetwork(network)
                .withNetworkAliases(name)
                .withExposedPorts(port)
                .withEnv("KAFKA_BOOTSTRAP_SERVERS", "broker:19092")
                .withEnv("TASKWEAVER_REGISTRY_URL", "http://registry:8080/apis/registry/v3")
                .withEnv("TASKWEAVER_ACCESS_TOKENS", "admin:" + TOKEN)
                .withEnv("TASKWEAVER_ACCESS_TOKEN", TOKEN)
                // Others in the network use its name, tests the address of this machine with a port that is known
                // later.
                .withEnv(
                        "TASKWEAVER_ACCESS_HOSTS",
                        name + "," + DockerClientFactory.instance().dockerHostIpAddress())
                // The engine gives a tmpfs the mode of the image's folder, and not its owner.
                .withTmpFs(Map.of("/tmp", "rw,exec,mode=1777", "/state", "rw,exec,uid=10001"))
                .withCreateContainerCmdModifier(Cluster::harden)
                .waitingFor(Wait.forHealthcheck().withStartupTimeout(TIMEOUT));
        switch (name) {
            case "planner" -> service.withEnv("TASKWEAVER_PLANNER_STATE_DIR", "/state");
            case "context" -> service.withEnv("TASKWEAVER_CONTEXT_SERVICE_STATE_DIR", "/state");
            case "executor" ->
                service.withEnv("TASKWEAVER_CONTEXT_URL", "http://context:8104")
                        .withEnv("TASKWEAVER_AGENT_SIMULATED_URL", "http://simulator:8150")
                        .withEnv("TASKWEAVER_AGENT_SIMULATED_TOKEN", SIMULATOR_TOKEN);
            default -> {}
        }
        if (name.equals("planner") || name.equals("context"))
            service.withEnv("TASKWEAVER_TICKET_KEY", "a-key-of-tickets-that-tests-have");
        return started(service);
    }

    /** Starts the simulated agent, which the executors' image holds. */
    GenericContainer<?> simulator() {
        return started(new GenericContainer<>(Images.of("executor-service"))
                .withNetwork(network)
                .withNetworkAliases("simulator")
                .withExposedPorts(8150)
                .withEnv("TASKWEAVER_SIMULATOR_HOST", "0.0.0.0")
                .withEnv("TASKWEAVER_SIMULATOR_PORT", "8150")
                .withEnv("TASKWEAVER_SIMULATOR_TOKEN", SIMULATOR_TOKEN)
                .withCreateContainerCmdModifier(command -> harden(command.withEntrypoint(
                        "java", "-cp", "lib/main/*", "io.taskweaver.agents.simulated.SimulatorMain")))
                .waitingFor(Wait.forLogMessage(".*simulated agent: .*", 1).withStartupTimeout(TIMEOUT)));
    }

    /** How often the simulated agent was asked to create a run for each attempt. */
    static JsonNode creations(GenericContainer<?> simulator) throws IOException, InterruptedException {
        return JSON.readTree(
                answer(simulator, 8150, "/simulator/creations", SIMULATOR_TOKEN).body());
    }

    /** What it answers to a GET. */
    static Answer answer(GenericContainer<?> service, int port, String path, String token)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(
                        URI.create("http://" + service.getHost() + ":" + service.getMappedPort(port) + path))
                .timeout(Duration.ofSeconds(20));
        if (!token.isEmpty()) request.header("Authorization", "Bearer " + token);
        try (var http = HttpClient.newHttpClient()) {
            var response = http.send(request.build(), BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.body());
        }
    }

    record Answer(int status, String body) {}

    private void startServers() {
        registry.start();
        kafka.start();
    }

    private void applyTopics() {
        var topics = new GenericContainer<>(Images.of("cli"))
                .withNetwork(network)
                .withTmpFs(Map.of("/tmp", "rw,exec,mode=1777"))
                .withCommand(
                        "topics",
                        "apply",
                        "--bootstrap",
                        "broker:19092",
                        "--registry",
                        "http://registry:8080/apis/registry/v3")
                .withCreateContainerCmdModifier(Cluster::harden)
                .withStartupCheckStrategy(new OneShotStartupCheckStrategy().withTimeout(TIMEOUT));
        topics.start();
        topics.stop();
    }

    private KafkaContainer kafkaOf(DockerImageName image) {
        return new KafkaContainer(image)
                .withNetwork(network)
                .withListener("broker:19092")
                .withEnv("KAFKA_LOG_DIRS", "/var/lib/kafka/data")
                .withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false")
                .withEnv("KAFKA_MESSAGE_MAX_BYTES", "16777216")
                .withEnv("KAFKA_REPLICA_FETCH_MAX_BYTES", "16777216")
                .withEnv("KAFKA_SHARE_COORDINATOR_STATE_TOPIC_REPLICATION_FACTOR", "1")
                .withEnv("KAFKA_SHARE_COORDINATOR_STATE_TOPIC_MIN_ISR", "1")
                .withEnv("KAFKA_GROUP_COORDINATOR_REBALANCE_PROTOCOLS", "classic,consumer,share,streams")
                .withEnv("KAFKA_GROUP_SHARE_HEARTBEAT_INTERVAL_MS", "500")
                .withEnv("KAFKA_GROUP_SHARE_MIN_HEARTBEAT_INTERVAL_MS", "100")
                .withEnv("KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS", "0")
                .withCreateContainerCmdModifier(command -> keep(command, kafkaData, "/var/lib/kafka/data"));
    }

    private GenericContainer<?> registryOf(DockerImageName image) {
        return new GenericContainer<>(image)
                .withNetwork(network)
                .withNetworkAliases("registry")
                .withExposedPorts(REGISTRY_PORT)
                .withEnv("APICURIO_STORAGE_KIND", "sql")
                .withEnv("APICURIO_STORAGE_SQL_KIND", "h2")
                .withEnv("APICURIO_DATASOURCE_URL", "jdbc:h2:file:/tmp/schemas;WRITE_DELAY=0")
                .withCreateContainerCmdModifier(command -> keep(command, registryData, "/tmp"))
                .waitingFor(Wait.forHttp("/apis/registry/v3/system/info").withStartupTimeout(TIMEOUT));
    }

    private GenericContainer<?> started(GenericContainer<?> container) {
        ours.add(container);
        container.start();
        return container;
    }

    /** Lets it end as an operator does, so that all of it is written. */
    private static void stop(GenericContainer<?> container) {
        if (container.getContainerId() != null)
            DockerClientFactory.instance()
                    .client()
                    .stopContainerCmd(container.getContainerId())
                    .withTimeout(60)
                    .exec();
        container.stop();
    }

    private static void harden(CreateContainerCmd command) {
        Objects.requireNonNull(command.withLabels(labelled(command)).getHostConfig())
                .withReadonlyRootfs(true)
                .withCapDrop(Capability.ALL)
                .withSecurityOpts(List.of("no-new-privileges:true"));
    }

    private static void keep(CreateContainerCmd command, String volume, String path) {
        Objects.requireNonNull(command.withLabels(labelled(command)).getHostConfig())
                .withBinds(new Bind(volume, new Volume(path)));
    }

    private static Map<String, String> labelled(CreateContainerCmd command) {
        var labels = new HashMap<>(Objects.requireNonNullElse(command.getLabels(), Map.of()));
        labels.putAll(Leftovers.labels());
        return labels;
    }

    private static String volume() {
        return DockerClientFactory.instance()
                .client()
                .createVolumeCmd()
                .withName("taskweaver-test-" + UUID.randomUUID())
                .withLabels(Leftovers.labels())
                .exec()
                .getName();
    }

    @Override
    public void close() {
        ours.reversed().forEach(GenericContainer::stop);
        kafka.stop();
        registry.stop();
        network.close();
        for (var volume : List.of(kafkaData, registryData))
            DockerClientFactory.instance().client().removeVolumeCmd(volume).exec();
    }
}
