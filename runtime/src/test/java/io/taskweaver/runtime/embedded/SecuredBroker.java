package io.taskweaver.runtime.embedded;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/**
 * A Kafka as operators secure it, with a listener for everything that may be wrong with a connection. Its user {@link #USER}
 * may do all, {@link #STRANGER} may log in and do nothing.
 */
public final class SecuredBroker implements AutoCloseable {
    public static final String USER = "taskweaver";
    public static final String STRANGER = "stranger";
    public static final String PASSWORD = "s3cret-of-weavers";

    private static final String HOST = "127.0.0.1";

    /** How clients are let in. */
    public enum Listener {
        PLAIN("PLAINTEXT"),
        LOGIN("SASL_PLAINTEXT"),
        SECURED("SASL_SSL"),
        MUTUAL("SSL"),
        EXPIRED("SSL"),
        ELSEWHERE("SSL"),
        /** Tells clients to come back at an address where nobody listens. */
        LOST("PLAINTEXT"),
        CONTROLLER("PLAINTEXT");

        final String protocol;

        Listener(String protocol) {
            this.protocol = protocol;
        }
    }

    private final TestAuthority authority = new TestAuthority("the operators' authority");
    private final Map<Listener, Integer> ports = new EnumMap<>(Listener.class);
    private final Path ca;
    private final KafkaRaftServer server;

    /** Starts one in a folder, and waits until it has let a client in: the first one takes longest. */
    public SecuredBroker(Path folder) throws Exception {
        choosePorts();
        Files.createDirectories(folder);
        ca = authority.writtenTo(folder.resolve("ca.pem"));
        var data = Files.createDirectories(folder.resolve("kafka"));
        format(data);
        server = new KafkaRaftServer(new KafkaConfig(settings(data), false), Time.SYSTEM);
        server.startup();
        try (var admin = Admin.create(new HashMap<String, Object>(client(Listener.LOGIN)))) {
            admin.describeCluster().nodes().get(1, TimeUnit.MINUTES);
        }
    }

    public String bootstrap(Listener listener) {
        return HOST + ":" + ports.get(listener);
    }

    /** What the certificates of its listeners are trusted by. */
    public TestAuthority authority() {
        return authority;
    }

    /** The authority's certificate, a PEM file. */
    public Path ca() {
        return ca;
    }

    /** Client settings that are right for a listener. */
    public Map<String, String> client(Listener listener) {
        var all = new HashMap<String, String>();
        all.put("bootstrap.servers", bootstrap(listener));
        all.put("security.protocol", listener.protocol);
        if (listener.protocol.startsWith("SASL")) all.putAll(login(USER, PASSWORD));
        if (listener.protocol.endsWith("SSL")) {
            all.put("ssl.truststore.type", "PEM");
            all.put("ssl.truststore.location", ca.toString());
        }
        if (listener == Listener.MUTUAL) all.putAll(certificate(authority.issue("client.example.com"), "ssl."));
        return all;
    }

    public static Map<String, String> login(String user, String password) {
        return Map.of(
                "sasl.mechanism",
                "SCRAM-SHA-512",
                "sasl.jaas.config",
                "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"%s\" password=\"%s\";"
                        .formatted(user, password));
    }

    private static Map<String, String> certificate(TestAuthority.Issued issued, String prefix) {
        return Map.of(
                prefix + "keystore.type", "PEM",
                prefix + "keystore.certificate.chain", issued.certificate(),
                prefix + "keystore.key", issued.key());
    }

    private Map<String, String> settings(Path data) {
        var all = new HashMap<String, String>();
        all.put("process.roles", "broker,controller");
        all.put("node.id", "1");
        all.put("controller.listener.names", "CONTROLLER");
        all.put("controller.quorum.voters", "1@" + bootstrap(Listener.CONTROLLER));
        all.put("inter.broker.listener.name", "PLAIN");
        all.put("listeners", joined(listener -> listener + "://" + bootstrap(listener)));
        all.put(
                "advertised.listeners",
                joined(listener -> listener + "://" + (listener == Listener.LOST ? HOST + ":1" : bootstrap(listener))));
        all.put("listener.security.protocol.map", joined(listener -> listener + ":" + listener.protocol));
        all.put("sasl.enabled.mechanisms", "SCRAM-SHA-512");
        for (var listener : List.of("login", "secured"))
            all.put(
                    "listener.name." + listener + ".scram-sha-512.sasl.jaas.config",
                    "org.apache.kafka.common.security.scram.ScramLoginModule required;");
        var good = authority.issue(HOST);
        listener(all, Listener.SECURED, good);
        listener(all, Listener.MUTUAL, good);
        listener(all, Listener.EXPIRED, authority.issue(HOST, Instant.now().minus(Duration.ofDays(2))));
        listener(all, Listener.ELSEWHERE, authority.issue("elsewhere.example.com"));
        all.put("listener.name.mutual.ssl.client.auth", "required");
        all.put("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
        all.put("super.users", "User:" + USER + ";User:ANONYMOUS");
        all.put("log.dirs", data.toString());
        all.put("auto.create.topics.enable", "false");
        all.put("message.max.bytes", "16777216");
        all.put("offsets.topic.num.partitions", "1");
        all.put("offsets.topic.replication.factor", "1");
        all.put("transaction.state.log.replication.factor", "1");
        all.put("transaction.state.log.min.isr", "1");
        all.put("share.coordinator.state.topic.num.partitions", "1");
        all.put("share.coordinator.state.topic.replication.factor", "1");
        all.put("share.coordinator.state.topic.min.isr", "1");
        all.put("group.share.heartbeat.interval.ms", "500");
        all.put("group.share.min.heartbeat.interval.ms", "100");
        all.put("group.initial.rebalance.delay.ms", "0");
        return all;
    }

    private void listener(Map<String, String> all, Listener listener, TestAuthority.Issued issued) {
        var prefix = "listener.name." + listener.name().toLowerCase(Locale.ROOT) + ".ssl.";
        all.putAll(certificate(issued, prefix));
        all.put(prefix + "truststore.type", "PEM");
        all.put(prefix + "truststore.certificates", authority.certificate());
    }

    private static String joined(Function<Listener, String> text) {
        return Arrays.stream(Listener.values()).map(text).collect(Collectors.joining(","));
    }

    private static void format(Path data) throws Exception {
        try (var silent = new PrintStream(new ByteArrayOutputStream(), false, StandardCharsets.UTF_8)) {
            new Formatter()
                    .setPrintStream(silent)
                    .setClusterId(Uuid.randomUuid().toString())
                    .setNodeId(1)
                    .setControllerListenerName("CONTROLLER")
                    .setMetadataLogDirectory(data.toString())
                    .addDirectory(data.toString())
                    .setScramArguments(List.of(scram(USER), scram(STRANGER)))
                    .run();
        }
    }

    private static String scram(String user) {
        return "SCRAM-SHA-512=[name=" + user + ",password=\"" + PASSWORD + "\"]";
    }

    /** All are held until the last is chosen, so that no two are the same. */
    private void choosePorts() throws IOException {
        var held = new ArrayList<ServerSocket>();
        try {
            for (var listener : Listener.values()) {
                held.add(new ServerSocket(0, 1, InetAddress.getByName(HOST)));
                ports.put(listener, held.getLast().getLocalPort());
            }
        } finally {
            for (var socket : held) socket.close();
        }
    }

    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }
}
