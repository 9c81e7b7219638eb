package io.taskweaver.runtime.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.taskweaver.runtime.embedded.SecuredBroker.Listener;
import io.taskweaver.wire.Topics;
import io.taskweaver.wire.admin.AdminException;
import io.taskweaver.wire.admin.TopicAdmin;
import io.taskweaver.wire.connection.BrokerDiagnosis;
import io.taskweaver.wire.connection.ClusterSettings;
import io.taskweaver.wire.connection.ConnectionProblem;
import io.taskweaver.wire.connection.Retries;
import io.taskweaver.wire.connection.TopicWait;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What can be wrong with a connection to Kafka, and what is said then. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class BrokerDiagnosisTest {
    private static final Duration SECONDS = Duration.ofSeconds(25);

    @TempDir
    @SuppressWarnings("NullAway.Init") // Set by JUnit.
    static Path folder;

    @SuppressWarnings("NullAway.Init") // Set before all tests.
    private SecuredBroker broker;

    @SuppressWarnings("NullAway.Init") // Set before all tests.
    private HttpServer web;

    private final ExecutorService servers = Executors.newVirtualThreadPerTaskExecutor();
    /** A few at once: more would overload the broker of a small machine, and be told so. */
    private final ExecutorService checks = Executors.newFixedThreadPool(4);

    @SuppressWarnings("NullAway.Init") // Set before all tests.
    private ServerSocket silent;

    @SuppressWarnings("NullAway.Init") // Set before all tests.
    private ServerSocket mail;

    private ServerSocket busy;

    @SuppressWarnings("NullAway.Init") // Set before all tests.
    private ServerSocket overloaded;

    @BeforeAll
    void start() throws Exception {
        broker = new SecuredBroker(folder);
        web = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        web.setExecutor(servers); // Its own thread would wait for whoever sent half a request.
        web.start();
        silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        mail = serving(client -> {
            client.getOutputStream().write("220 mail\r\n".getBytes(StandardCharsets.US_ASCII));
            client.close();
        });
        busy = serving(client -> {
            // As a broker does with what is none of its requests.
            if (client.getInputStream().read() == 0) client.getInputStream().readAllBytes();
            client.close();
        });
        overloaded = serving(BrokerDiagnosisTest::answerHandshakeOnly);
    }

    private interface Answering {
        void answer(Socket client) throws IOException;
    }

    private ServerSocket serving(Answering answering) throws IOException {
        var server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        servers.execute(() -> {
            while (!server.isClosed())
                try {
                    var client = server.accept();
                    servers.execute(() -> {
                        try {
                            answering.answer(client);
                        } catch (IOException e) {
                            // The client left.
                        }
                    });
                } catch (IOException e) {
                    // Closed.
                }
        });
        return server;
    }

    /** Answers as a listener without a login does to SaslHandshake, and nothing else, until the client leaves. */
    private static void answerHandshakeOnly(Socket client) throws IOException {
        var in = new DataInputStream(client.getInputStream());
        var request = new byte[in.readInt()];
        in.readFully(request);
        var header = ByteBuffer.wrap(request);
        if (header.getShort() != 17) return;
        header.getShort(); // version
        var out = new DataOutputStream(client.getOutputStream());
        out.writeInt(10);
        out.writeInt(header.getInt());
        out.writeShort(34); // ILLEGAL_SASL_STATE
        out.writeInt(0);
        in.readAllBytes();
    }

    @AfterAll
    void stop() throws Exception {
        servers.shutdownNow();
        checks.shutdownNow();
        web.stop(0);
        for (var server : List.of(silent, mail, busy, overloaded)) server.close();
        broker.close();
    }

    /**
     * Something that is wrong, and what has to be said of it.
     *
     * @param check runs beside the others: most of its time it waits
     */
    private record Wrong(String cause, List<String> said, Future<Checked> check) {
        @Override
        public String toString() {
            return cause;
        }
    }

    private record Checked(Optional<ConnectionProblem> problem, Duration took) {}

    private Wrong wrong(String cause, Listener listener, Map<String, String> changes, String... said) {
        var settings = new HashMap<>(broker.client(listener));
        settings.putAll(changes);
        var check = CompletableFuture.supplyAsync(
                () -> {
                    var begun = System.nanoTime();
                    var problem = BrokerDiagnosis.check(new ClusterSettings(settings));
                    return new Checked(problem, Duration.ofNanos(System.nanoTime() - begun));
                },
                checks);
        return new Wrong(cause, List.of(said), check);
    }

    private Stream<Wrong> wrongConnections() throws Exception {
        var other = new TestAuthority("somebody else").writtenTo(folder.resolve("other.pem"));
        return Stream.of(
                wrong(
                        "a wrong password",
                        Listener.SECURED,
                        SecuredBroker.login(SecuredBroker.USER, "no"),
                        "refuses this user and password",
                        "sasl.jaas.config"),
                wrong(
                        "a mechanism that the broker does not have",
                        Listener.LOGIN,
                        Map.of("sasl.mechanism", "SCRAM-SHA-256"),
                        "does not support the login mechanism SCRAM-SHA-256",
                        "sasl.mechanism"),
                wrong(
                        "an unknown authority",
                        Listener.SECURED,
                        Map.of("ssl.truststore.location", other.toString()),
                        "authority that is not trusted here",
                        "ssl.truststore"),
                wrong("an expired certificate", Listener.EXPIRED, Map.of(), "has expired"),
                wrong("a certificate for another host", Listener.ELSEWHERE, Map.of(), "for another host name"),
                wrong(
                        "no client certificate where one is wanted",
                        Listener.MUTUAL,
                        Map.of("ssl.keystore.type", "", "ssl.keystore.certificate.chain", "", "ssl.keystore.key", ""),
                        "requires a client certificate",
                        "ssl.keystore"),
                wrong(
                        "plain text to a listener with TLS",
                        Listener.SECURED,
                        Map.of("security.protocol", "PLAINTEXT"),
                        "uses TLS on this port",
                        "security.protocol"),
                wrong(
                        "TLS to a listener in plain text",
                        Listener.LOGIN,
                        Map.of("security.protocol", "SASL_SSL"),
                        "does not use TLS on this port",
                        "SASL_PLAINTEXT"),
                wrong(
                        "no login where one is wanted",
                        Listener.LOGIN,
                        Map.of("security.protocol", "PLAINTEXT"),
                        "requires a login (SCRAM-SHA-512)",
                        "sasl.jaas.config"),
                wrong(
                        "a login where none is taken",
                        Listener.PLAIN,
                        broker.client(Listener.LOGIN).entrySet().stream()
                                .filter(setting -> !setting.getKey().equals("bootstrap.servers"))
                                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)),
                        "does not accept a login on this port",
                        "PLAINTEXT"),
                wrong(
                        "a host that does not resolve",
                        Listener.PLAIN,
                        Map.of("bootstrap.servers", "broker.invalid:9092"),
                        "broker.invalid, cannot be resolved"),
                wrong(
                        "a port where nobody listens",
                        Listener.PLAIN,
                        Map.of("bootstrap.servers", "127.0.0.1:1"),
                        "No Kafka broker can be reached at 127.0.0.1:1",
                        "refused"),
                wrong(
                        "a web server",
                        Listener.PLAIN,
                        Map.of(
                                "bootstrap.servers",
                                "127.0.0.1:" + web.getAddress().getPort()),
                        "a web server answers"),
                wrong(
                        "something that never answers",
                        Listener.PLAIN,
                        Map.of("bootstrap.servers", "127.0.0.1:" + silent.getLocalPort()),
                        "accepts connections but does not answer",
                        "hangs or is overloaded"),
                wrong(
                        "a busy broker, which closes what it does not understand",
                        Listener.PLAIN,
                        Map.of("bootstrap.servers", "127.0.0.1:" + busy.getLocalPort()),
                        "accepts connections but does not answer",
                        "hangs or is overloaded"),
                wrong(
                        "something else that answers",
                        Listener.PLAIN,
                        Map.of("bootstrap.servers", "127.0.0.1:" + mail.getLocalPort()),
                        "a server answers that is not Kafka"),
                wrong(
                        "a broker that lets clients in, and then says nothing",
                        Listener.PLAIN,
                        Map.of("bootstrap.servers", "127.0.0.1:" + overloaded.getLocalPort()),
                        "does not return its brokers within 8 s",
                        "overloaded"),
                wrong("an address without a port", Listener.PLAIN, Map.of("bootstrap.servers", "broker"), "HOST:PORT"),
                wrong(
                        "a listener that sends clients where nobody is",
                        Listener.LOST,
                        Map.of(),
                        "advertises addresses that cannot be reached from here: ",
                        ":1.",
                        "advertised.listeners"),
                wrong(
                        "a trust store that is not there",
                        Listener.SECURED,
                        Map.of("ssl.truststore.location", "/no/such/ca.pem"),
                        "/no/such/ca.pem"),
                wrong(
                        "a login module that does not exist",
                        Listener.LOGIN,
                        Map.of("sasl.jaas.config", "no.such.LoginModule required password=\"s3cret\";"),
                        "no.such.LoginModule"));
    }

    @ParameterizedTest
    @MethodSource("wrongConnections")
    void what_is_wrong_is_said_within_seconds(Wrong wrong) throws Exception {
        var checked = wrong.check().get(60, TimeUnit.SECONDS);

        assertThat(checked.problem()).isPresent();
        assertThat(checked.problem().get().toString()).contains(wrong.said()).doesNotContain("s3cret");
        assertThat(checked.problem().get().hint()).isNotBlank();
        assertThat(checked.took()).isLessThan(SECONDS);
    }

    @ParameterizedTest
    @EnumSource(names = {"PLAIN", "LOGIN", "SECURED", "MUTUAL"})
    void what_is_right_is_not_complained_of(Listener listener) {
        assertThat(BrokerDiagnosis.check(new ClusterSettings(broker.client(listener))))
                .isEmpty();
    }

    @Test
    void missing_rights_are_said_with_the_topic_and_the_command() throws Exception {
        var settings = new HashMap<>(broker.client(Listener.SECURED));
        try (var admin = Admin.create(new ClusterSettings(settings).admin("test"))) {
            admin.createTopics(List.of(new NewTopic("secret-plans", 1, (short) 1)))
                    .all()
                    .get();
        }
        settings.putAll(SecuredBroker.login(SecuredBroker.STRANGER, SecuredBroker.PASSWORD));
        var stranger = new ClusterSettings(settings);
        try (var consumer = new KafkaConsumer<>(
                stranger.consumer("test", Map.of(), Map.of()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            assertThat(said(() -> consumer.partitionsFor("secret-plans"), stranger))
                    .contains("does not permit this user the topic secret-plans", "kafka-acls.sh");
        }
        assertThat(said(
                        () -> TopicAdmin.apply(
                                stranger.over(new ClusterSettings(
                                        Map.of(ClusterSettings.REGISTRY_URL, "http://127.0.0.1:1"))),
                                1,
                                1,
                                false),
                        stranger))
                .contains("does not permit this user");
    }

    @Test
    void topics_are_prepared_over_tls_with_a_login() throws Exception {
        var cluster = new ClusterSettings(broker.client(Listener.SECURED))
                .over(new ClusterSettings(Map.of(ClusterSettings.REGISTRY_URL, "http://127.0.0.1:1")));
        try {
            TopicAdmin.apply(cluster, 2, 1, false);
        } catch (AdminException.RegistryUnreachable onlyTheRegistry) {
            // There is none here.
        }
        try (var admin = Admin.create(cluster.admin("test"))) {
            assertThat(admin.listTopics().names().get()).contains(Topics.TASK_READY.name());
        }
    }

    @Test
    void missing_topics_are_waited_for_and_named_with_the_remedy() throws Exception {
        var cluster = new ClusterSettings(Map.of(ClusterSettings.TOPIC_PREFIX, "waited-"))
                .over(new ClusterSettings(broker.client(Listener.SECURED)));
        var retries = new Retries(BrokerDiagnosisTest.class, "test", cluster);
        var found = new CompletableFuture<Map<String, Integer>>();
        var waiting = Thread.ofVirtual().start(() -> {
            try {
                found.complete(
                        new TopicWait(cluster, List.of(Topics.TASK_READY, Topics.DEAD_LETTERS), retries).await());
            } catch (InterruptedException e) {
                found.completeExceptionally(e);
            }
        });
        await().until(() -> retries.reason().isPresent());
        assertThat(retries.reason().orElseThrow())
                .contains("waited-task-ready", "waited-dead-letters", "taskweaver topics apply");

        try (var admin = Admin.create(cluster.admin("test"))) {
            admin.createTopics(List.of(
                            new NewTopic("waited-task-ready", 1, (short) 1),
                            new NewTopic("waited-dead-letters", 3, (short) 1)))
                    .all()
                    .get();
        }

        assertThat(found.get(30, TimeUnit.SECONDS)).isEqualTo(Map.of("waited-task-ready", 1, "waited-dead-letters", 3));
        assertThat(retries.reason()).isEmpty();
        waiting.join();
    }

    @Test
    void a_wrong_password_of_a_trust_store_is_said_as_that() throws Exception {
        var store = java.security.KeyStore.getInstance("PKCS12");
        store.load(null, null);
        var file = folder.resolve("trust.p12");
        try (var out = Files.newOutputStream(file)) {
            store.store(out, "right".toCharArray());
        }
        var settings = new HashMap<>(broker.client(Listener.SECURED));
        settings.putAll(Map.of(
                "ssl.truststore.type", "PKCS12",
                "ssl.truststore.location", file.toString(),
                "ssl.truststore.password", "wrong"));

        assertThat(BrokerDiagnosis.check(new ClusterSettings(settings)))
                .hasValueSatisfying(problem -> assertThat(problem.toString())
                        .contains("password of the key store or trust store", "ssl.truststore.password"));
    }

    private interface Asking {
        void ask() throws ExecutionException, InterruptedException;
    }

    private static String said(Asking asking, ClusterSettings cluster) throws InterruptedException {
        try {
            asking.ask();
        } catch (AdminException e) {
            return e.getMessage() + " " + e.hint();
        } catch (KafkaException | ExecutionException e) {
            return BrokerDiagnosis.explain(e, cluster).toString();
        }
        return "it was allowed";
    }
}
