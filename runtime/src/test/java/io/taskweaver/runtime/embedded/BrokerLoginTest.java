package io.taskweaver.runtime.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.Security;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.UnsupportedSaslMechanismException;
import org.apache.kafka.common.message.ApiMessageType;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.requests.RequestHeader;
import org.apache.kafka.common.requests.RequestUtils;
import org.apache.kafka.common.security.plain.internals.PlainSaslServerProvider;
import org.apache.kafka.common.security.scram.internals.ScramSaslServerProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What somebody gets out of the broker's and the controller's port who does not know the password. */
class BrokerLoginTest {
    /** What has to be answered so that a client can log in. */
    private static final Set<ApiKeys> LOGIN =
            EnumSet.of(ApiKeys.API_VERSIONS, ApiKeys.SASL_HANDSHAKE, ApiKeys.SASL_AUTHENTICATE);

    private static final int ANSWER_LIMIT_MILLIS = 20_000;

    @TempDir
    static Path folder;

    private static EmbeddedBroker broker;

    @BeforeAll
    static void start() {
        broker = EmbeddedBroker.start(folder.resolve("shared"));
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void no_request_is_answered_without_a_login(boolean ofBroker) throws IOException {
        int port = ofBroker ? broker.port() : broker.controllerPort();
        for (var api : EnumSet.complementOf(EnumSet.copyOf(LOGIN)))
            if (api.hasValidVersion())
                assertThat(answer(port, api)).as("%s on port %d", api, port).isEmpty();

        assertThat(answer(port, ApiKeys.API_VERSIONS))
                .as("the port is alive, and says which versions it speaks")
                .isPresent();
    }

    @Test
    void a_wrong_password_is_refused() {
        assertThatThrownBy(() -> nodes(with(Credential.random().kafkaSettings())))
                .hasCauseInstanceOf(SaslAuthenticationException.class);
    }

    @Test
    void the_clients_password_does_not_open_the_controllers_port() {
        var settings = with(Map.of("bootstrap.controllers", "127.0.0.1:" + broker.controllerPort()));
        settings.remove("bootstrap.servers");
        assertThatThrownBy(() -> nodes(settings)).hasCauseInstanceOf(UnsupportedSaslMechanismException.class);

        settings.put("sasl.mechanism", "PLAIN");
        settings.compute(
                "sasl.jaas.config",
                (name, login) -> String.valueOf(login).replace("scram.ScramLoginModule", "plain.PlainLoginModule"));
        assertThatThrownBy(() -> nodes(settings)).hasCauseInstanceOf(SaslAuthenticationException.class);
    }

    @Test
    void a_password_that_was_replaced_between_two_starts_is_refused() throws Exception {
        var data = folder.resolve("replaced");
        Map<String, String> before;
        try (var first = EmbeddedBroker.start(data)) {
            before = first.clientSettings();
            Records.createTopic(before, "kept");
        }

        try (var second = EmbeddedBroker.start(data)) {
            var old = new HashMap<String, Object>(before);
            old.put("bootstrap.servers", second.bootstrapServers());

            assertThatThrownBy(() -> nodes(old)).hasCauseInstanceOf(SaslAuthenticationException.class);
            try (var admin = Admin.create(new HashMap<String, Object>(second.clientSettings()))) {
                assertThat(admin.listTopics().names().get()).contains("kept");
            }
        }
    }

    @Test
    void clients_get_in_also_where_kafkas_classes_were_loaded_before_by_another_class_loader() throws Exception {
        var kafka = ScramSaslServerProvider.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation();
        try (var loader = new URLClassLoader(new URL[] {kafka}, ClassLoader.getPlatformClassLoader())) {
            for (var provider : List.of(ScramSaslServerProvider.class, PlainSaslServerProvider.class)) {
                for (var known : Security.getProviders())
                    if (known.getClass() == provider) Security.removeProvider(known.getName());
                loader.loadClass(provider.getName()).getMethod("initialize").invoke(null);
            }

            try (var other = EmbeddedBroker.start(folder.resolve("other"))) {
                nodes(new HashMap<>(other.clientSettings()));
            }
        }
    }

    private static HashMap<String, Object> with(Map<String, String> others) {
        var settings = new HashMap<String, Object>(broker.clientSettings());
        settings.putAll(others);
        return settings;
    }

    private static void nodes(Map<String, Object> settings) throws Exception {
        try (var admin = Admin.create(settings)) {
            admin.describeCluster().nodes().get(30, TimeUnit.SECONDS);
        }
    }

    /** The bytes that answer an empty request; nothing if the connection is closed instead. */
    private static Optional<byte[]> answer(int port, ApiKeys api) throws IOException {
        short version = api.latestVersion(true);
        var request = RequestUtils.serialize(
                new RequestHeader(api, version, "stranger", 1).data(),
                api.requestHeaderVersion(version),
                ApiMessageType.fromApiKey(api.id).newRequest(),
                version);
        try (var socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(ANSWER_LIMIT_MILLIS);
            var out = new DataOutputStream(socket.getOutputStream());
            out.writeInt(request.remaining());
            out.write(bytes(request));
            out.flush();
            var in = new DataInputStream(socket.getInputStream());
            int length = in.readInt();
            return Optional.of(in.readNBytes(length));
        } catch (java.io.EOFException | java.net.SocketException closed) {
            return Optional.empty();
        }
    }

    private static byte[] bytes(ByteBuffer buffer) {
        var bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }
}
